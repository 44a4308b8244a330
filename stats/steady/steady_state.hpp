#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/metric.hpp"
#include "core/steady_series.hpp"
#include "stats/steady/series_division.hpp"

namespace assay::stats {

/// Whether and from where a process is in a steady state.
struct SteadyState {
  SeriesClass series_class = SeriesClass::flat;
  std::size_t start = 0;                ///< iterations before it; three quarters of all where there is none
  std::vector<SeriesSegment> segments;  ///< levels are logarithms where all values are above 0
};

/// Shorter series are not judged: a quarter of them says nothing.
inline constexpr std::size_t kFewestIterations = 40;
/// Longer series are searched as this many means of equally many neighbours, at most.
inline constexpr std::size_t kMostSearched = 2000;
/// The least a steady state may be of a series, as in Barrett et al.: 500 of 2,000.
[[nodiscard]] std::size_t latest_steady_start(std::size_t iterations);

/// Finds the steady state of one process series by its change points, and its class by Barrett, Bolz-Tereick, Killick,
/// Mount and Tratt (2017), Virtual Machine Warmup Blows Hot and Cold, OOPSLA, Proc. ACM Program. Lang. 1:52.
/// docs/methods/steady-state.md says what differs from theirs and why, and how good it is.
///
/// \param iterations  one value each, finite, in time order; kFewestIterations at least.
/// \param direction   which values are better: a warm-up ends at the best level.
/// Cost: that of at most five searches for change points, each O(n^2) for up to kMostSearched values where nothing
/// changes: 20 ms as a rule; O(n) beyond.
[[nodiscard]] SteadyState find_steady_state(std::span<const double> iterations, Direction direction);

}  // namespace assay::stats
