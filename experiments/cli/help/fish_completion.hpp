#pragma once

#include <string>

#include "experiments/cli/help/command_description.hpp"

namespace assay::cli {

/// The part of the completions for fish that is about one command.
[[nodiscard]] std::string fish_lines(const CommandDescription& command);

/// What stands before the parts of all commands, and after them.
[[nodiscard]] std::string fish_beginning();
[[nodiscard]] std::string fish_ending();

}  // namespace assay::cli
