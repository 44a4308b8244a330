#pragma once

#include <string_view>
#include <vector>

#include "core/variable.hpp"

namespace assay {

/// The commands of a line for a POSIX shell, as their words: those of `a; b && c | d` are a, b, c and d. Quotes and
/// backslashes are taken off, redirections and comments left out, nothing is expanded. A reading for comparisons, not
/// for running: the grouping of ( ), { } and `if` is passed over, and a quote that is not closed ends with the line.
[[nodiscard]] std::vector<Argv> shell_commands(std::string_view line);

}  // namespace assay
