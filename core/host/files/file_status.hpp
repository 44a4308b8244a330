#pragma once

#include <cstdint>
#include <string>

namespace assay::host {

/// What changes when a file's content does, without reading it.
struct FileStatus {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t size = 0;
  std::int64_t modified_ns = 0;  ///< Unix time
  std::int64_t changed_ns = 0;   ///< Unix time; cannot be set by a program
  friend bool operator==(const FileStatus&, const FileStatus&) = default;
};

/// Links are followed. \throws Error that names the path and why.
[[nodiscard]] FileStatus file_status(const std::string& path);

/// Of what the path itself names, be it a link; false where that cannot be told.
[[nodiscard]] bool is_there(const std::string& path);
[[nodiscard]] bool is_regular_file(const std::string& path);

/// As file systems name it: links in it are followed, so that one file has one name, also where it is not there yet.
/// As it was given where that cannot be told.
[[nodiscard]] std::string real_path(const std::string& path);

}  // namespace assay::host
