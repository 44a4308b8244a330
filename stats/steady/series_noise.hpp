#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::stats {

/// A series with its single far values drawn in: each is kept within three robust standard deviations of the median of
/// its neighbourhood of 11, so that only what lasts for six values or more can look like another level. The deviation
/// is a robust one, from the middle 70 %: a second mode with more than 15 % of the values holds no outliers. From the
/// middle 50 % two equal modes would be drawn in to the running median, which wanders between them.
/// Source: Hampel's filter; Davies and Gather (1993), J. American Statistical Association 88(423):782-792.
/// \param series  finite. Cost: O(n).
[[nodiscard]] std::vector<double> with_far_values_drawn_in(std::span<const double> series);

/// How values vary about a level that now and then changes.
struct SeriesNoise {
  double variance = 0;     ///< of one value about its level
  double correlation = 0;  ///< of neighbours about their level, 0 to 0.6

  /// Of white noise whose neighbours differ as much.
  [[nodiscard]] double white_variance() const { return variance * (1 - correlation); }
  /// n times the variance of the mean of n values, for large n: what makes a level uncertain.
  [[nodiscard]] double long_run_variance() const { return variance * (1 + correlation) / (1 - correlation); }
};

/// By differences of values one and two apart, which know nothing of the level; those across a change are left out.
/// For an AR(1) process about its level, half the mean square of the first is variance (1 - correlation), and the
/// second is (1 + correlation) times the first.
/// Source: von Neumann (1941), Annals of Mathematical Statistics 12(4):367-395; the ratio as in Chakar, Lebarbier,
/// Levy-Leduc and Robin (2017), Bernoulli 23(2):1408-1447, with means in place of medians: of a mixture of two modes
/// the medians lie in the gap. The correlation is capped at 0.6, and 0 where values three apart differ more than any
/// AR(1) process lets them (by half more squares than values two apart): what wanders like that is a changing level.
/// \param changes  first index of every segment but the first.
[[nodiscard]] SeriesNoise noise_of(std::span<const double> series, std::span<const std::size_t> changes);

}  // namespace assay::stats
