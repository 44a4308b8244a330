#pragma once

#include <optional>
#include <span>

#include "core/interval.hpp"

namespace assay::stats {

/// An interval for the median of a distribution, with its exact confidence.
struct MedianInterval {
  Interval interval;
  double confidence = 0;  ///< at least what was asked for
};

/// The interval between the k-th smallest and the k-th largest value, for the largest k whose confidence is enough.
///
/// Hypothesis: the values are independent and have one distribution, which may be any. Its confidence is
/// 1 - 2 P(X < k) for a binomial X of n throws of a fair coin, and more if values are equal. It takes 6 values for 95
/// %. Source: Thompson (1936), Annals of Mathematical Statistics 7(3):122-128. docs/methods/baselines.md \param sorted
/// ascending \param confidence  above 0 and below 1 \returns std::nullopt if there are too few values for that
/// confidence.
[[nodiscard]] std::optional<MedianInterval> median_interval(std::span<const double> sorted, double confidence);

}  // namespace assay::stats
