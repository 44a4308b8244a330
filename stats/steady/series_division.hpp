#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/steady/series_noise.hpp"

namespace assay::stats {

/// A stretch of a series about one level.
struct SeriesSegment {
  std::size_t start = 0;
  std::size_t end = 0;  ///< one past the last
  double level = 0;     ///< mean of its values, far ones drawn in

  [[nodiscard]] std::size_t length() const { return end - start; }
};

struct SeriesDivision {
  std::vector<SeriesSegment> segments;  ///< at least one, without a gap
  SeriesNoise noise;                    ///< about the levels
};

/// Divides a series by its change points, each costing 3 ln n long-run variances of the noise. Changes and noise are
/// found by turns until nothing changes, five times at most: a change that is not known yet inflates the noise, which
/// hides smaller ones. The first turn takes the noise as white, since a cycle looks like correlation.
/// \param series           finite, at least one value.
/// \param least_deviation  above 0: noise below it is taken to be that much.
/// Cost: five times that of `change_points`, at most.
[[nodiscard]] SeriesDivision divide_series(std::span<const double> series, double least_deviation);

}  // namespace assay::stats
