#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::stats {

/// Returns the series with its single outliers drawn in: each value is kept within three robust standard deviations of
/// the median of its neighbourhood of 11, so that only something that lasts for at least six values can look like
/// another level.
///
/// The standard deviation is estimated from the middle 70 % of the values, so that a second mode with more than 15 % of
/// the values does not count as outliers. With the middle 50 %, two equal modes would be drawn in to the running
/// median, which wanders between them.
/// Source: Hampel's filter; Davies and Gather (1993), J. American Statistical Association 88(423):782-792.
/// \param series  finite. Cost: O(n).
[[nodiscard]] std::vector<double> with_far_values_drawn_in(std::span<const double> series);

/// How values vary about a level that sometimes changes.
struct SeriesNoise {
  double variance = 0;     ///< variance of one value about its level
  double correlation = 0;  ///< correlation of neighbours about their level, 0 to 0.6

  /// Variance of white noise whose neighbours differ by as much.
  [[nodiscard]] double white_variance() const { return variance * (1 - correlation); }
  /// n times the variance of the mean of n values, for large n. It determines how uncertain a level is.
  [[nodiscard]] double long_run_variance() const { return variance * (1 + correlation) / (1 - correlation); }
};

/// Estimates the noise from differences of values one and two apart, which do not depend on the level; differences
/// across a change are left out. For an AR(1) process about its level, half the mean square of the first is variance (1
/// - correlation), and the second is (1 + correlation) times the first.
///
/// The correlation is capped at 0.6. It is set to 0 if values three apart differ more than any AR(1) process allows (by
/// half more squares than values two apart), because a series that wanders like that has a changing level.
/// Source: von Neumann (1941), Annals of Mathematical Statistics 12(4):367-395; the ratio as in Chakar, Lebarbier,
/// Levy-Leduc and Robin (2017), Bernoulli 23(2):1408-1447, with means instead of medians, because the medians of a
/// mixture of two modes lie in the gap.
/// \param changes  first index of every segment except the first.
[[nodiscard]] SeriesNoise noise_of(std::span<const double> series, std::span<const std::size_t> changes);

}  // namespace assay::stats
