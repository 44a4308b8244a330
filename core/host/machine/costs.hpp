#pragma once

#include <string>
#include <vector>

#include "core/units.hpp"

namespace assay::host {

/// The upper median of one time or more.
[[nodiscard]] nanoseconds median_of(std::vector<nanoseconds> times);

/// The clock that times trials.
struct ClockCosts {
  nanoseconds resolution{};  ///< the smallest step that two readings in a row showed
  nanoseconds reading{};     ///< the time of one reading
};

/// Cost: about 1 ms.
[[nodiscard]] ClockCosts clock_costs();

/// How long a bare posix_spawn and wait4 of that program take: the median of `count` runs.
/// \throws Error if it cannot be started or does not exit with 0.
[[nodiscard]] nanoseconds bare_start(const std::string& program, int count);

/// How long it takes until 4 KiB, written to a new file in that folder, are safe on disk: the median of `count` times.
/// \throws Error if the folder cannot be written.
[[nodiscard]] nanoseconds sync_time(const std::string& folder, int count);

}  // namespace assay::host
