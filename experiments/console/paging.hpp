#pragma once

#include <string_view>

#include "experiments/console/command_line.hpp"

namespace assay::console {

/// Whether long text on a terminal goes through a pager, as git shows it.
enum class Paging { automatic, never };

/// --no-pager: for commands whose text may be long.
void add_paging_option(CommandLine& line, Paging& paging);

/// Prints the text. If standard output is a terminal, by the pager that ASSAY_PAGER or PAGER names, or less; "cat" or
/// an empty one means none. `less` shows colours and ends at once if the text fits the screen, unless LESS says
/// otherwise. \throws Error as `print_output` does.
void print_paged(std::string_view text, Paging paging);

}  // namespace assay::console
