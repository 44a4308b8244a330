#pragma once

#include <string_view>

namespace assay::definition {

/// Refuses a command without a shell that was surely meant for one: a variable before the program (`LC_ALL=C sort`), a
/// pattern (`*`), a home folder (`~`), or a word that only a shell knows (`exit 1`). What is in quotes is meant as it
/// is. \throws Error that says how to use a shell, and how to do without.
void refuse_shell_words(std::string_view command);

}  // namespace assay::definition
