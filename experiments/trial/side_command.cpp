#include "experiments/trial/side_command.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

#include "core/text/valid_text.hpp"

namespace assay::trial {
namespace {

bool succeeded(const host::ProcessResult& result) {
  const Exited* const exited = std::get_if<Exited>(&result.ending);
  return exited != nullptr && exited->code == 0;
}

}  // namespace

std::optional<std::string> failure_of(host::Launcher& launcher, const Argv& command, const ArmSetup& setup,
                                      nanoseconds timeout, Descendants descendants) {
  return failure_in(
      run_beside(launcher, {.command = command, .setup = setup, .timeout = timeout, .descendants = descendants}));
}

host::ProcessResult run_beside(host::Launcher& launcher, const SideCommand& command) {
  host::ProcessRequest request;
  request.argv = command.command;
  request.environment = command.setup.environment;
  request.working_directory = command.setup.working_directory;
  request.standard_input = command.standard_input;
  request.standard_output = command.standard_output;
  request.standard_error = host::Captured{kKeptError};
  request.timeout = command.timeout;
  request.keep_descendants = command.descendants == Descendants::keep;
  return launcher.run(request);
}

std::optional<std::string> failure_in(const host::ProcessResult& result) {
  if (succeeded(result)) return std::nullopt;
  return with_line(describe_ending(result), last_line_of(result.standard_error.text));
}

std::string describe_ending(const host::ProcessResult& result) {
  return std::visit([](const auto& ending) { return describe(Outcome(ending)); }, result.ending);
}

std::string last_line_of(const std::string& text) {
  constexpr std::size_t kLongestLine = 200;
  constexpr const char* kBlanks = " \t\r\n";
  const std::size_t end = text.find_last_not_of(kBlanks);
  if (end == std::string::npos) return {};
  const std::size_t line_break = text.find_last_of('\n', end);
  const std::size_t begin = line_break == std::string::npos ? 0 : line_break + 1;
  return valid_text(std::string_view(text).substr(begin, std::min(end + 1 - begin, kLongestLine)));
}

std::string with_line(std::string ending, const std::string& line) {
  return line.empty() ? ending : std::move(ending) + ": " + line;
}

}  // namespace assay::trial
