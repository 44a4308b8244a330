#include "core/host/source/git.hpp"

#include <variant>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/caller.hpp"

namespace assay::host {
namespace {

/// Large enough for lists of a million files.
constexpr std::size_t kMostOutput = std::size_t{1} << 28;

/// The options before the verb. A repository that belongs to somebody else (a volume of a container) is treated like
/// any other: its hooks are off, and its build will be run in any case.
const Argv kNeutral = {"git",
                       "-c",
                       "core.hooksPath=/dev/null",
                       "-c",
                       "core.fsmonitor=false",
                       "-c",
                       "core.attributesFile=/dev/null",
                       "-c",
                       "safe.directory=*",
                       "-c",
                       "advice.detachedHead=false",
                       "-c",
                       "gc.auto=0",
                       "-c",
                       "maintenance.auto=false"};

/// The variables of the caller that programs need to be found, to use a proxy and to log in (submodules).
bool passes(const std::string& name) {
  return !name.starts_with("GIT_") && !name.starts_with("ASSAY_") && !name.starts_with("LC_") && name != "LANG";
}

std::map<std::string, std::string> environment_for(GitConfiguration configuration) {
  std::map<std::string, std::string> environment;
  for (auto& [name, value] : caller_environment()) {
    if (passes(name)) environment.emplace(name, value);
  }
  environment["LC_ALL"] = "C";
  environment["GIT_TERMINAL_PROMPT"] = "0";
  environment["GIT_OPTIONAL_LOCKS"] = "0";
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

}  // namespace

Git::Git(Launcher& launcher, std::string folder, GitConfiguration configuration)
    : launcher_(&launcher), folder_(std::move(folder)), configuration_(configuration) {}

ProcessResult Git::result_of(const Argv& words) const {
  ProcessRequest request;
  request.argv = kNeutral;
  request.argv.insert(request.argv.end(), words.begin(), words.end());
  request.environment = environment_for(configuration_);
  request.working_directory = folder_;
  request.standard_output = Captured{kMostOutput};
  request.standard_error = Captured{std::size_t{1} << 16};
  return launcher_->run(request);
}

std::string Git::output_of(const Argv& words) const {
  ProcessResult result = result_of(words);
  if (!succeeded(result)) {
    const std::string said = first_line(result.standard_error.text);
    const std::string ending = std::visit([](const auto& one) { return describe(Outcome(one)); }, result.ending);
    throw Error(fmt::format("git {}: {}", words.front(), said.empty() ? ending : said));
  }
  std::string output = std::move(result.standard_output.text);
  if (output.ends_with('\n')) output.pop_back();
  return output;
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
  const std::string output = output_of(words);
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin < output.size();) {
    const std::size_t end = std::min(output.find('\0', begin), output.size());
    names.push_back(output.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

}  // namespace assay::host
