#pragma once

#include <string>

#include "core/host/files/file_descriptor.hpp"

namespace assay::host {

/// Keeps other processes out while it lives: flock on a file that is made where it is missing and never removed (a
/// waiting process would hold the lock of a file that has no name any more). The kernel lets go when the holder dies.
/// For steps of milliseconds: waits as long as it takes.
class FileLock {
 public:
  /// \throws Error that names the path when it cannot be made or locked.
  explicit FileLock(const std::string& path);

 private:
  FileDescriptor file_;
};

}  // namespace assay::host
