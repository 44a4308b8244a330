#pragma once

#include <sys/types.h>

namespace assay::host::launcher {

/// What /proc/PID/stat reports about one process (proc(5)).
struct ProcessStatus {
  pid_t parent;
  char state;  ///< 'R', 'S', ...; 'Z' once it has ended
};

/// Reads the status. Returns false if the process is gone or cannot be seen. It does not use the heap, because the
/// launcher uses it too.
[[nodiscard]] bool read_process_status(pid_t process, ProcessStatus& status);

}  // namespace assay::host::launcher
