#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/metric.hpp"
#include "core/trial_parts/steady_series.hpp"
#include "stats/steady/series_division.hpp"

namespace assay::stats {

/// Whether a process reaches a steady state, and from where on.
struct SteadyState {
  SeriesClass series_class = SeriesClass::flat;
  std::size_t start = 0;                ///< iterations before it; three quarters of all if there is none
  std::vector<SeriesSegment> segments;  ///< levels are logarithms if all values are above 0
};

/// Shorter series are not judged, because a quarter of them says too little.
inline constexpr std::size_t kFewestIterations = 40;
/// Longer series are searched as at most this many means of equally many neighbours.
inline constexpr std::size_t kMostSearched = 2000;
/// The latest start of a steady state, as in Barrett et al.: it must last for the last 500 of 2,000 iterations.
[[nodiscard]] std::size_t latest_steady_start(std::size_t iterations);

/// Finds the steady state of one process series from its change points, and classifies the series as in Barrett,
/// Bolz-Tereick, Killick, Mount and Tratt (2017), Virtual Machine Warmup Blows Hot and Cold, OOPSLA, Proc. ACM Program.
/// Lang. 1:52. docs/methods/steady-state.md says what differs from theirs and why, and how good it is.
///
/// \param iterations  one value each, finite, in time order; at least kFewestIterations.
/// \param direction   which values are better: a warm-up ends at the best level.
/// Cost: at most five searches for change points, each O(n^2) for up to kMostSearched values if nothing changes
/// (usually 20 ms in total), O(n) beyond.
[[nodiscard]] SteadyState find_steady_state(std::span<const double> iterations, Direction direction);

}  // namespace assay::stats
