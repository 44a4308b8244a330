#pragma once

#include <string>

#include "experiments/cli/help/command_description.hpp"

namespace assay::cli {

/// The part of the completions for zsh that is about one command.
[[nodiscard]] std::string zsh_case(const CommandDescription& command);

/// What stands before the parts of all commands, and after them.
[[nodiscard]] std::string zsh_beginning();
[[nodiscard]] std::string zsh_ending();

}  // namespace assay::cli
