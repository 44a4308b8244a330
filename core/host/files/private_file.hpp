#pragma once

#include <string>
#include <string_view>

namespace assay::host {

/// Writes a file that its owner alone can read (mode 0600), never over another one; missing folders are made likewise.
/// \throws Error when it is there already or cannot be written.
void write_private_file(const std::string& path, std::string_view text);
/// \throws Error when it cannot be read, or others than its owner could read it.
[[nodiscard]] std::string read_private_file(const std::string& path);

}  // namespace assay::host
