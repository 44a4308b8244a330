#pragma once

#include <string>

namespace assay::host {

// Whether a file was read, told by its access time: programs that are run and libraries that are mapped count. The
// usual `relatime` is enough, since a time that lies before the last change is brought up to date by the next reading.

/// Sets the access time far back. \throws Error when the file is missing or another user's.
void forget_reading(const std::string& path);
/// Whether the file was read since. False for one that is missing.
[[nodiscard]] bool was_read(const std::string& path);
/// Whether the file system of this folder keeps access times at all (mounted `noatime`, it does not): tries it.
[[nodiscard]] bool keeps_access_times(const std::string& folder);

}  // namespace assay::host
