#pragma once

#include "core/interval.hpp"
#include "stats/hypothesis_test.hpp"

namespace assay::stats {

/// Reference methods for two unpaired samples; docs/methods/reference-methods.md says when you can trust them. Values
/// may be infinite but not NaN; each sample has at least one.

struct MannWhitneyTest {
  double u = 0;  ///< number of pairs in which treatment is greater; a tie counts 1/2
  double p = 1;
  bool exact = false;
};

/// Mann-Whitney test: whether a value of treatment is as likely above as below a value of control.
///
/// Null hypothesis: both samples come independently from one distribution. The test is exact if neither sample has more
/// than 50 values and no values are tied; otherwise it is asymptotic with corrections for ties and continuity.
/// Source: Mann and Whitney (1947), Annals of Mathematical Statistics 18(1):50-60.
[[nodiscard]] MannWhitneyTest mann_whitney_test(const TwoSamples& samples, Alternative alternative);

/// The exact test, from the null distribution of all arrangements. Cost: O(n m (n + m)).
/// \throws Error if values are tied or a sample has more than 50.
[[nodiscard]] MannWhitneyTest mann_whitney_exact(const TwoSamples& samples, Alternative alternative);

/// The test by the normal approximation with a correction for ties; p is 1 if all values are equal.
[[nodiscard]] MannWhitneyTest mann_whitney_asymptotic(const TwoSamples& samples, Alternative alternative,
                                                      ContinuityCorrection correction);

/// Hodges-Lehmann estimate of the shift: the median of all differences treatment - control. The difference of two
/// infinite values of one sign is 0. Cost: O(n log n); no table of differences is kept.
/// Source: Hodges and Lehmann (1963), Annals of Mathematical Statistics 34(2):598-611.
[[nodiscard]] double hodges_lehmann_shift(const TwoSamples& samples);

/// The interval of the shifts that a two-sided Mann-Whitney test does not reject. An end is infinite if the samples are
/// too small. It uses the exact null distribution up to 50 values a sample (conservative under ties) and the normal
/// approximation above.
/// Source: Hollander, Wolfe and Chicken (2014), Nonparametric Statistical Methods, 3rd ed., section 4.3.
/// \throws Error unless 0 < confidence < 1.
[[nodiscard]] Interval shift_interval(const TwoSamples& samples, double confidence);

/// P(treatment > control) - P(treatment < control), from -1 to 1.
/// Source: Cliff (1993), Psychological Bulletin 114(3):494-509.
[[nodiscard]] double cliffs_delta(const TwoSamples& samples);

}  // namespace assay::stats
