#include "experiments/cli/output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/utf8.hpp"

namespace assay::cli {

void print_output(std::string_view text) {
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) throw Error(fmt::format("standard output does not take the result: {}", std::strerror(errno)));
}

void print_remark(std::string_view line) {
  std::fputs((printable(line) + '\n').c_str(), stderr);
}

void print_json(const nlohmann::json& value) {
  print_output(value.dump(2) + '\n');
}

}  // namespace assay::cli
