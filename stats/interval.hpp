#pragma once

#include <limits>

#include "core/interval.hpp"

namespace assay::stats {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The interval that excludes nothing.
inline constexpr Interval kUnbounded{.low = -kInfinity, .high = kInfinity};

/// The interval with both ends moved outwards by the metric's resolution.
[[nodiscard]] constexpr Interval widened(const Interval& interval, double resolution) {
  return {.low = interval.low - resolution, .high = interval.high + resolution};
}

}  // namespace assay::stats
