#pragma once

#include <string>

#include "experiments/console/help/command_description.hpp"
#include "experiments/console/help/program_summary.hpp"

namespace assay::console {

/// The part of the completions for bash that is about one command.
[[nodiscard]] std::string bash_case(const CommandDescription& command);

/// What stands before the parts of all commands, and after them.
[[nodiscard]] std::string bash_beginning(const ProgramSummary& program);
[[nodiscard]] std::string bash_ending();

}  // namespace assay::console
