#pragma once

#include <string>
#include <string_view>

namespace assay::host {

/// Writes a new file that only its owner can read (mode 0600). It never overwrites a file. Missing folders are made
/// private too.
/// \throws Error if the file exists or cannot be written.
void write_private_file(const std::string& path, std::string_view text);
/// \throws Error if it cannot be read, or if others than its owner could read it.
[[nodiscard]] std::string read_private_file(const std::string& path);

}  // namespace assay::host
