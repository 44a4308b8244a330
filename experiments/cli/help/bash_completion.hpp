#pragma once

#include <string>

#include "experiments/cli/help/command_description.hpp"

namespace assay::cli {

/// The part of the completions for bash that is about one command.
[[nodiscard]] std::string bash_case(const CommandDescription& command);

/// What stands before the parts of all commands, and after them.
[[nodiscard]] std::string bash_beginning();
[[nodiscard]] std::string bash_ending();

}  // namespace assay::cli
