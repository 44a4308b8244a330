#pragma once

#include <ctime>
#include <map>
#include <set>
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

/// Which files of a folder are read from one moment on. It leaves the times of files alone that nobody read since they
/// were written, so that git and build tools see no change.
class Readings {
 public:
  /// Only regular files count. \param folder  absolute \param paths  below it. Cost: one stat(2) for each.
  /// \throws Error if one of them was read before and belongs to another user.
  Readings(std::string folder, const std::set<std::string>& paths);
  /// The files that were read or replaced since then. Cost: one stat(2) for each path.
  [[nodiscard]] std::set<std::string> so_far() const;

 private:
  std::string folder_;
  std::map<std::string, timespec> at_first_;  ///< access times by path
};

}  // namespace assay::host
