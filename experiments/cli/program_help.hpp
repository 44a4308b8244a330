#pragma once

#include <string>

#include "experiments/console/help/program_summary.hpp"

namespace assay::cli {

/// What `assay --help` prints: every command with its summary, and the exit codes.
[[nodiscard]] std::string program_help_text();

/// assay.1, after its title: all commands, exit codes, files and environment variables.
[[nodiscard]] std::string program_man_page_body();

/// What completions need to know of the program as a whole.
[[nodiscard]] console::ProgramSummary program_summary();

}  // namespace assay::cli
