#pragma once

#include <optional>
#include <span>

namespace assay::stats {

/// Two one-sided bounds of a quantile of a distribution. An end that too few values bound is empty.
struct QuantileBounds {
  std::optional<double> low;
  std::optional<double> high;
};

/// Which quantile, and how sure each bound has to be.
struct QuantileQuestion {
  double quantile = 0.5;      ///< above 0 and below 1
  double confidence = 0.975;  ///< of each bound by itself, above 0 and below 1
};

/// Bounds by order statistics: the k-th smallest value is at most the quantile p with probability P(X >= k), for a
/// binomial X of n trials with probability p.
///
/// Hypothesis: the values are independent and have one distribution, which may be any. Each bound is at least as
/// confident as was asked. Source: Thompson (1936), Annals of Mathematical Statistics 7(3):122-128.
/// docs/methods/pipeline.md \param sorted  ascending
[[nodiscard]] QuantileBounds quantile_bounds(std::span<const double> sorted, const QuantileQuestion& question);

}  // namespace assay::stats
