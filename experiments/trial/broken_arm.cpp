#include "experiments/trial/broken_arm.hpp"

#include <utility>

namespace assay::trial {

BreakingCommand null_command() {
  return {"null command", {"true"}};
}

Argv shell_line(std::string line, const std::vector<std::string>& words) {
  Argv argv = {"/bin/sh", "-c", std::move(line)};
  argv.insert(argv.end(), words.begin(), words.end());
  return argv;
}

Argv write_to(const std::string& target, const std::string& line, const std::string& source) {
  const std::string path = target.find('/') == std::string::npos ? "./" + target : target;
  return shell_line("mkdir -p -- \"${0%/*}\" && " + line, {path, source});
}

}  // namespace assay::trial
