#pragma once

#include <span>

#include "core/interval.hpp"
#include "stats/hypothesis_test.hpp"

namespace assay::stats {

/// Reference methods that assume normal values; docs/methods/reference-methods.md says when you can trust them. All
/// values must be finite. If the standard error is 0, t is infinite (or 0 if the estimate is 0 too).

struct TTest {
  double estimate = 0;  ///< difference treatment - control
  double standard_error = 0;
  double degrees_of_freedom = 0;
  double t = 0;
  double p = 1;

  /// Two-sided interval of the difference. \throws Error unless 0 < confidence < 1.
  [[nodiscard]] Interval interval(double confidence) const;
};

/// Welch's test of two means with unequal variances.
/// Source: Welch (1947), Biometrika 34(1-2):28-35. \throws Error if a sample has fewer than two values.
[[nodiscard]] TTest welch_t_test(const TwoSamples& samples, Alternative alternative);

/// Student's test of paired differences against `null_difference`.
/// Source: Student (1908), Biometrika 6(1):1-25. \throws Error if there are fewer than two differences.
[[nodiscard]] TTest paired_t_test(std::span<const double> differences, double null_difference, Alternative alternative);

/// Yuen's test of two trimmed means: Welch's test on trimmed means and winsorised variances.
/// Source: Yuen (1974), Biometrika 61(1):165-170.
/// \param trim  share cut off at each end, 0 <= trim < 0.5.
/// \throws Error if fewer than two values of a sample are left or trim is out of range.
[[nodiscard]] TTest yuen_t_test(const TwoSamples& samples, double trim, Alternative alternative);

/// Two one-sided tests of whether the mean difference lies within +-margin.
/// Source: Schuirmann (1987), J. Pharmacokinetics and Biopharmaceutics 15(6):657-680.
struct TEquivalence {
  double p_above_lower = 1;  ///< against "the mean is -margin or less"
  double p_below_upper = 1;  ///< against "the mean is +margin or more"
  double p = 1;              ///< the larger of both
};
/// \throws Error if there are fewer than two differences, or unless margin > 0.
[[nodiscard]] TEquivalence paired_t_equivalence(std::span<const double> differences, double margin);

}  // namespace assay::stats
