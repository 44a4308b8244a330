#pragma once

#include <string>
#include <sys/types.h>

#include "core/host/files/file_descriptor.hpp"

namespace assay::host {

/// Kills what a session that was killed together with its launcher left running: this user's processes whose variable
/// ASSAY_ARM_DIR names a folder in `session_folder`, and their descendants. Reads all of /proc.
void end_orphans_of(const std::string& session_folder);

/// A small process that outlives this one and its launchers, even if all of them are killed at once, and then ends at
/// once what they left running, as `end_orphans_of` does. It does so, too, if this object goes because of an exception.
/// Cost: less than 1 ms, and some 100 kB of memory.
class OrphanWatch {
 public:
  /// \param session_folder  as above; absolute
  /// \throws Error if the process cannot be started.
  explicit OrphanWatch(const std::string& session_folder);
  ~OrphanWatch();
  OrphanWatch(const OrphanWatch&) = delete;
  OrphanWatch& operator=(const OrphanWatch&) = delete;

 private:
  FileDescriptor line_{-1};  ///< closed by the kernel if this process is killed, which the watch sees
  pid_t pid_ = -1;
};

}  // namespace assay::host
