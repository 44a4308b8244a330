#pragma once

#include <sys/types.h>

namespace assay::host {

/// Whether that process started this one, directly or through processes that are still alive.
[[nodiscard]] bool is_ancestor(pid_t process);

}  // namespace assay::host
