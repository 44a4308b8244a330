#pragma once

#include <string>

#include "experiments/cli/help/command_description.hpp"

namespace assay::cli {

/// Usage, options with units and defaults, exit codes, examples; ends with a newline.
[[nodiscard]] std::string help_text(const CommandDescription& command, int width = 80);

/// What `assay --help` prints: every command with its summary, and the exit codes.
[[nodiscard]] std::string program_help_text();

/// The help of an option with its default: "cap of blocks (default 60)".
[[nodiscard]] std::string help_with_default(const OptionDescription& option);

/// Every exit code, in the order of their numbers.
[[nodiscard]] const std::vector<ExitCode>& all_exit_codes();

}  // namespace assay::cli
