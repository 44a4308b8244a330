#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::trial {

/// The regular files that a pattern names, in byte order: `*` and `?` within a name, `**` for any number of folders.
/// Wildcards pass over names that start with a dot, and `**` does not follow links to folders.
/// \param folder  absolute; where a relative pattern starts
/// \param key  of the experiment file that holds the pattern, for messages
/// \throws Error when nothing matches or a folder cannot be read.
[[nodiscard]] std::vector<std::string> files_matching(const std::string& folder, const std::string& pattern,
                                                      std::string_view key = "inputs");

/// Whether one name matches one pattern of `*`, `?` and plain characters.
[[nodiscard]] bool name_matches(std::string_view pattern, std::string_view name);

}  // namespace assay::trial
