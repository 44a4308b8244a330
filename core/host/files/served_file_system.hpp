#pragma once

#include <string>

namespace assay::host {

/// True if the folder lies on a file system that other hosts or programs serve (NFS, SMB, Lustre, FUSE, ...): shared
/// memory does not work across its users, and what one host wrote may be seen late by another. False if that cannot be
/// told.
[[nodiscard]] bool is_on_served_file_system(const std::string& folder);

}  // namespace assay::host
