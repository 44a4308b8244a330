#pragma once

#include <sys/types.h>
#include <vector>

#include "core/units.hpp"

namespace assay::host {

/// The CPU time so far of the living ones of these processes, of their living descendants, and of what those have
/// waited for (in steps of the kernel's clock tick, 10 ms). Reads all of /proc once: about 5 us a process.
[[nodiscard]] nanoseconds cpu_time_of(const std::vector<pid_t>& roots);

}  // namespace assay::host
