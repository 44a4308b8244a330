#pragma once

#include <string_view>

namespace assay::definition {

/// Refuses a command without a shell that was surely meant for one: a variable before the program (`LC_ALL=C sort`), a
/// pattern (`*`, `?`, `[ab]`), a home folder (`~`), or a word that only a shell knows (`exit 1`). What is in quotes is
/// meant as it is. \throws NeedsShell, which says how to use a shell, and how to do without.
void refuse_shell_words(std::string_view command);

/// Whether a word after `-S` means the shell to use, as in hyperfine 1, and no command: "bash", "/bin/sh -e", "none",
/// or no word at all. A script of a shell (`sh build.sh`) and its line (`sh -c true`) are commands.
[[nodiscard]] bool is_shell(std::string_view words);

}  // namespace assay::definition
