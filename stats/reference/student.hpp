#pragma once

#include <span>

#include "core/result.hpp"
#include "stats/hypothesis_test.hpp"

namespace assay::stats {

/// Reference methods that assume normal values; docs/methods/reference-methods.md says when they may be believed.
/// All values are finite. Where the standard error is 0, t is infinite (or 0 where the estimate is too).

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
/// Source: Welch (1947), Biometrika 34(1-2):28-35. \throws Error below two values in a sample.
[[nodiscard]] TTest welch_t_test(const TwoSamples& samples, Alternative alternative);

/// Student's test of paired differences against `null_difference`.
/// Source: Student (1908), Biometrika 6(1):1-25. \throws Error below two differences.
[[nodiscard]] TTest paired_t_test(std::span<const double> differences, double null_difference, Alternative alternative);

/// Yuen's test of two trimmed means: Welch's on trimmed means and winsorised variances.
/// Source: Yuen (1974), Biometrika 61(1):165-170.
/// \param trim  share cut off at each end, 0 <= trim < 0.5.
/// \throws Error where fewer than two values are left of a sample or trim is out of range.
[[nodiscard]] TTest yuen_t_test(const TwoSamples& samples, double trim, Alternative alternative);

/// Two one-sided tests: whether the mean difference lies within +-margin.
/// Source: Schuirmann (1987), J. Pharmacokinetics and Biopharmaceutics 15(6):657-680.
struct TEquivalence {
  double p_above_lower = 1;  ///< against "the mean is -margin or less"
  double p_below_upper = 1;  ///< against "the mean is +margin or more"
  double p = 1;              ///< the larger of both
};
/// \throws Error below two differences or unless margin > 0.
[[nodiscard]] TEquivalence paired_t_equivalence(std::span<const double> differences, double margin);

}  // namespace assay::stats
