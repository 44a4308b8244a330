#pragma once

#include <cstdint>
#include <string>

namespace assay::host {

/// The attributes that change when the content of a file does, without reading the file.
struct FileStatus {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t size = 0;
  std::int64_t modified_ns = 0;  ///< Unix time
  std::int64_t changed_ns = 0;   ///< Unix time; programs cannot set it
  friend bool operator==(const FileStatus&, const FileStatus&) = default;
};

/// The status of the file; links are followed. \throws Error that names the path and the reason.
[[nodiscard]] FileStatus file_status(const std::string& path);

/// These two ask about the path itself, even if it is a link. They return false if the answer cannot be determined.
[[nodiscard]] bool is_there(const std::string& path);
[[nodiscard]] bool is_regular_file(const std::string& path);

/// Whether this user may write the file, on a disk that can be written. Links are followed.
[[nodiscard]] bool is_writable(const std::string& path);

/// The path with all links resolved, so that one file has one name, even if the file does not exist yet. Returns the
/// path as given if it cannot be resolved.
[[nodiscard]] std::string real_path(const std::string& path);

}  // namespace assay::host
