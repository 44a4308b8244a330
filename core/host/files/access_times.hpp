#pragma once

#include <string>

namespace assay::host {

// These functions find out whether a file was read from its access time. Running a program and mapping a library count
// as reading. The usual mount option `relatime` is sufficient: if the access time lies before the last change, the next
// reading updates it.

/// Sets the access time far back. \throws Error if the file is missing or belongs to another user.
void forget_reading(const std::string& path);
/// Whether the file was read since then. False if it is missing.
[[nodiscard]] bool was_read(const std::string& path);
/// Whether the file system of this folder keeps access times at all; with the mount option `noatime` it does not. Tries
/// it with a file.
[[nodiscard]] bool keeps_access_times(const std::string& folder);

}  // namespace assay::host
