#include "core/host/source/git.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/files/temporary_folder.hpp"
#include "core/host/machine/caller.hpp"

namespace assay::host {
namespace {

/// Large enough for lists of a million files.
constexpr std::size_t kMostOutput = std::size_t{1} << 28;

/// The options before the verb. A repository that belongs to somebody else (a volume of a container) is treated like
/// any other, since none of the programs that its configuration names is run. Its build will be run in any case.
const Argv kNeutral = {"git", "--no-pager",
                       "-c",  "core.hooksPath=/dev/null",
                       "-c",  "core.fsmonitor=false",
                       "-c",  "core.attributesFile=/dev/null",
                       "-c",  "safe.directory=*",
                       "-c",  "advice.detachedHead=false",
                       "-c",  "gc.auto=0",
                       "-c",  "maintenance.auto=false"};

/// The variables of the caller that programs need to be found, to use a proxy and to log in (submodules).
bool passes(const std::string& name) {
  return !name.starts_with("GIT_") && !name.starts_with("ASSAY_") && !name.starts_with("LC_") && name != "LANG";
}

std::map<std::string, std::string> environment_for(GitConfiguration configuration, Fetching fetching) {
  std::map<std::string, std::string> environment;
  for (auto& [name, value] : caller_environment()) {
    if (passes(name)) environment.emplace(name, value);
  }
  environment["LC_ALL"] = "C";
  environment["GIT_TERMINAL_PROMPT"] = "0";
  environment["GIT_OPTIONAL_LOCKS"] = "0";
  environment["GIT_EDITOR"] = "false";
  if (fetching == Fetching::refused) {
    // No protocol is called "none". The first variable is older, the second is needed for objects of partial clones.
    environment["GIT_ALLOW_PROTOCOL"] = "none";
    environment["GIT_NO_LAZY_FETCH"] = "1";
  }
  if (configuration == GitConfiguration::none) {
    environment["GIT_CONFIG_NOSYSTEM"] = "1";
    environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
    environment["GIT_ATTR_NOSYSTEM"] = "1";
  }
  return environment;
}

bool succeeded(const ProcessResult& result) {
  const auto* const exited = std::get_if<Exited>(&result.ending);
  return exited != nullptr && exited->code == 0;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

/// The output without its final line break. \throws Error with what git said if it failed.
std::string output_in(ProcessResult result, const Argv& words) {
  if (!succeeded(result)) {
    const std::string said = first_line(result.standard_error.text);
    const std::string ending = std::visit([](const auto& one) { return describe(Outcome(one)); }, result.ending);
    throw Error(fmt::format("git {}: {}", words.front(), said.empty() ? ending : said));
  }
  std::string output = std::move(result.standard_output.text);
  if (output.ends_with('\n')) output.pop_back();
  return output;
}

}  // namespace

Git::Git(Launcher& launcher, std::string folder, GitConfiguration configuration, Fetching fetching)
    : launcher_(&launcher), folder_(std::move(folder)), configuration_(configuration), fetching_(fetching) {}

ProcessResult Git::result_of(const Argv& words, const std::string& input) const {
  ProcessRequest request;
  request.argv = kNeutral;
  request.argv.insert(request.argv.end(), words.begin(), words.end());
  request.environment = environment_for(configuration_, fetching_);
  request.working_directory = folder_;
  request.standard_input = input;
  request.standard_output = Captured{kMostOutput};
  request.standard_error = Captured{std::size_t{1} << 16};
  return launcher_->run(request);
}

std::string Git::output_of(const Argv& words) const {
  return output_in(result_of(words), words);
}

std::string Git::answer_to(const std::string& input, const Argv& words) const {
  const TemporaryFolder scratch(temporary_parent(), "assay-");
  const std::string file = scratch.path() + "/input";
  write_file_atomically(file, input);
  return output_in(result_of(words, file), words);
}

std::optional<int> Git::exit_code_of(const Argv& words) const {
  const ProcessResult result = result_of(words);
  const auto* const exited = std::get_if<Exited>(&result.ending);
  return exited == nullptr ? std::nullopt : std::optional(exited->code);
}

void Git::run(const Argv& words) const {
  (void)output_of(words);
}

std::optional<std::string> Git::try_run(const Argv& words) const {
  ProcessResult result = result_of(words);
  if (!succeeded(result)) return std::nullopt;
  std::string output = std::move(result.standard_output.text);
  if (output.ends_with('\n')) output.pop_back();
  return output;
}

std::vector<std::string> Git::names(const Argv& words) const {
  return parts_of(output_of(words));
}

std::vector<std::string> Git::parts_of(const std::string& output) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < output.size();) {
    const std::size_t end = std::min(output.find('\0', begin), output.size());
    parts.push_back(output.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace assay::host
