#pragma once

#include <array>

#include "core/host/process/process.hpp"

namespace assay::host {

/// One of two children that run at once, each under a launcher of its own.
struct DuetPart {
  Launcher& launcher;
  ProcessRequest request;  ///< whose CPUs are its own alone
};

/// Runs both to their ends, started together: as a rule within some microseconds, where each has a CPU that is free.
/// Each is timed, limited and stopped by itself, as `Launcher::run` does it; what one leaves behind is never taken for
/// the other's. Where one cannot be started the other is stopped.
/// \throws Error as `Launcher::run` does.
[[nodiscard]] std::array<ProcessResult, 2> run_duet(const std::array<DuetPart, 2>& parts);

}  // namespace assay::host
