#include "experiments/cli/console.hpp"

#include <algorithm>

#include "experiments/console/help/help_form.hpp"

namespace assay::cli {
namespace {

/// The command's line in the table; empty for what only engines call, and for a command that is not in it.
std::string_view summary_of(const std::string& name) {
  const auto all = commands();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Command& command) { return command.name == name; });
  return found == all.end() ? "" : found->summary;
}

}  // namespace

ExitCode print_help(const CommandLine& line) {
  console::CommandDescription description = line.description();
  description.summary = summary_of(description.help.name);
  print_output(console::help_in_form(description, line.help_form()));
  return ExitCode::ok;
}

}  // namespace assay::cli
