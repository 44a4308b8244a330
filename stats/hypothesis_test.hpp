#pragma once

#include <algorithm>
#include <limits>
#include <span>

namespace assay::stats {

// The arguments and the p-value that all hypothesis tests share.

/// What a test tries to show about treatment against control: that it differs, is less, or is greater.
enum class Alternative { two_sided, less, greater };

/// Unpaired values of two arms, in any order, in one unit. The names keep the arms from being swapped by accident.
struct TwoSamples {
  std::span<const double> treatment;
  std::span<const double> control;
};

/// Whether a normal approximation moves a discrete statistic by half a step towards its mean.
enum class ContinuityCorrection { none, half };

/// Both tail probabilities of a test statistic. Each includes the observed value.
struct Tails {
  double at_most = 1;
  double at_least = 1;
};

/// The p-value for an alternative: one tail, or twice the smaller tail. It is at most 1 and never 0, because a
/// probability that is too small for a double is still positive.
[[nodiscard]] inline double p_value_of(const Tails& tails, Alternative alternative) {
  double p = 2 * std::min(tails.at_most, tails.at_least);
  if (alternative == Alternative::less) p = tails.at_most;
  if (alternative == Alternative::greater) p = tails.at_least;
  return std::clamp(p, std::numeric_limits<double>::min(), 1.0);
}

}  // namespace assay::stats
