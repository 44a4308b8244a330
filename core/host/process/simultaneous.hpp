#pragma once

#include <vector>

#include "core/host/process/process.hpp"

namespace assay::host {

/// One of several simultaneous children, each under a launcher of its own.
struct SimultaneousPart {
  Launcher& launcher;
  ProcessRequest request;  ///< if it names CPUs, they must not be those of another part
};

/// Runs all children to their ends. They start together, usually within some microseconds if each has a free CPU. Each
/// is timed, limited and stopped separately, as `Launcher::run` does it, and the processes that one leaves behind never
/// count as those of another. If one cannot be started, the others are stopped.
/// \throws Error as `Launcher::run` does.
[[nodiscard]] std::vector<ProcessResult> run_simultaneously(const std::vector<SimultaneousPart>& parts);

}  // namespace assay::host
