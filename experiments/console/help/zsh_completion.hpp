#pragma once

#include <string>

#include "experiments/console/help/command_description.hpp"
#include "experiments/console/help/program_summary.hpp"

namespace assay::console {

/// The part of the completions for zsh that is about one command.
[[nodiscard]] std::string zsh_case(const CommandDescription& command);

/// What stands before the parts of all commands, and after them.
[[nodiscard]] std::string zsh_beginning(const ProgramSummary& program);
[[nodiscard]] std::string zsh_ending();

}  // namespace assay::console
