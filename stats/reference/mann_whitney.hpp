#pragma once

#include "core/result.hpp"
#include "stats/hypothesis_test.hpp"

namespace assay::stats {

/// Reference methods for two unpaired samples; docs/methods/reference-methods.md says when they may be believed.
/// Values may be infinite, never NaN; each sample holds at least one.

struct MannWhitneyTest {
  double u = 0;  ///< pairs in which treatment is greater; a tie counts 1/2
  double p = 1;
  bool exact = false;
};

/// Mann-Whitney test: whether a value of treatment is as likely above as below one of control.
///
/// Null hypothesis: both samples come from one distribution, independently. Exact where neither sample holds more than
/// 50 values and no value is tied, else asymptotic with correction for ties and continuity.
/// Source: Mann and Whitney (1947), Annals of Mathematical Statistics 18(1):50-60.
[[nodiscard]] MannWhitneyTest mann_whitney_test(const TwoSamples& samples, Alternative alternative);

/// From the null distribution of all arrangements. Cost: O(n m (n + m)).
/// \throws Error where values are tied or a sample holds more than 50.
[[nodiscard]] MannWhitneyTest mann_whitney_exact(const TwoSamples& samples, Alternative alternative);

/// From the normal approximation with correction for ties; p is 1 where all values are equal.
[[nodiscard]] MannWhitneyTest mann_whitney_asymptotic(const TwoSamples& samples, Alternative alternative,
                                                      ContinuityCorrection correction);

/// Hodges-Lehmann estimate of the shift: median of all differences treatment - control. Infinite values of one sign in
/// both samples differ by 0. Cost: O(n log n), no table of differences.
/// Source: Hodges and Lehmann (1963), Annals of Mathematical Statistics 34(2):598-611.
[[nodiscard]] double hodges_lehmann_shift(const TwoSamples& samples);

/// The shifts that a two-sided Mann-Whitney test does not reject; an end is infinite where the samples are too small.
/// Exact null distribution up to 50 values a sample (conservative under ties), normal approximation above.
/// Source: Hollander, Wolfe and Chicken (2014), Nonparametric Statistical Methods, 3rd ed., section 4.3.
/// \throws Error unless 0 < confidence < 1.
[[nodiscard]] Interval shift_interval(const TwoSamples& samples, double confidence);

/// P(treatment > control) - P(treatment < control), from -1 to 1.
/// Source: Cliff (1993), Psychological Bulletin 114(3):494-509.
[[nodiscard]] double cliffs_delta(const TwoSamples& samples);

}  // namespace assay::stats
