#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::trial {

/// The regular files that match a pattern, in byte order: `*` and `?` match within a name, `**` any number of folders.
/// Wildcards do not match a dot at the start of a name, and `**` does not follow links to folders.
/// \param folder  absolute: the folder that a relative pattern starts from
/// \param key  the key of the experiment file that has the pattern, for messages
/// \throws Error if nothing matches or a folder cannot be read.
[[nodiscard]] std::vector<std::string> files_matching(const std::string& folder, const std::string& pattern,
                                                      std::string_view key = "inputs");

/// True if the name matches the pattern of `*`, `?` and plain characters.
[[nodiscard]] bool name_matches(std::string_view pattern, std::string_view name);

}  // namespace assay::trial
