#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/steady/series_noise.hpp"

namespace assay::stats {

/// A stretch of a series that varies about one level.
struct SeriesSegment {
  std::size_t start = 0;
  std::size_t end = 0;  ///< one past the last
  double level = 0;     ///< mean of its values, with outliers drawn in

  [[nodiscard]] std::size_t length() const { return end - start; }
};

struct SeriesDivision {
  std::vector<SeriesSegment> segments;  ///< at least one, without gaps
  SeriesNoise noise;                    ///< noise about the levels
};

/// Divides a series at its change points, where each change costs 3 ln n long-run variances of the noise.
///
/// Changes and noise are estimated in turns until nothing changes, at most five times, because an unknown change
/// inflates the noise, which hides smaller changes. The first turn treats the noise as white, because a cycle looks
/// like correlation.
/// \param series           finite, at least one value.
/// \param least_deviation  above 0: smaller noise is taken to be this large.
/// Cost: at most five times that of `change_points`.
[[nodiscard]] SeriesDivision divide_series(std::span<const double> series, double least_deviation);

}  // namespace assay::stats
