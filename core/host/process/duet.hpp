#pragma once

#include <array>

#include "core/host/process/process.hpp"

namespace assay::host {

/// One of two simultaneous children, each under a launcher of its own.
struct DuetPart {
  Launcher& launcher;
  ProcessRequest request;  ///< its CPUs must not be those of the other part
};

/// Runs both children to their ends. They start together, usually within some microseconds if each has a free CPU. Each
/// is timed, limited and stopped separately, as `Launcher::run` does it, and the processes that one leaves behind never
/// count as those of the other. If one cannot be started, the other is stopped.
/// \throws Error as `Launcher::run` does.
[[nodiscard]] std::array<ProcessResult, 2> run_duet(const std::array<DuetPart, 2>& parts);

}  // namespace assay::host
