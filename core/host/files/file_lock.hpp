#pragma once

#include <string>

#include "core/host/files/file_descriptor.hpp"

namespace assay::host {

/// Keeps other processes out while it lives, by flock on a file. The file is created if it is missing and never
/// removed, because a waiting process would then lock a file that no longer has a name. The kernel releases the lock
/// when its holder dies. It serves steps of milliseconds and waits as long as it takes.
///
/// A thread that holds the lock of a path may take it again: it is released with the first of these objects.
class FileLock {
 public:
  /// \throws Error that names the path if the file cannot be created or locked.
  explicit FileLock(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  std::string path_;
  FileDescriptor file_{-1};  ///< closed if another object of this thread holds the lock
};

}  // namespace assay::host
