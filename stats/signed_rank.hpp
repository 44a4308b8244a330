#pragma once

#include <cstdint>
#include <span>

#include "stats/hypothesis_test.hpp"

namespace assay::stats {

struct SignedRankTest {
  double positive_sum = 0;  ///< W+: sum of the mid-ranks of the positive effects
  double negative_sum = 0;
  int zeros = 0;
  bool tied = false;
  double p = 1;  ///< never 0
};

/// Wilcoxon's signed-rank test of block effects, exact given their magnitudes.
///
/// Null hypothesis: given its magnitude, the sign of each effect is a fair coin. Zeros are ranked and then scored 0
/// (Pratt); ties get mid-ranks. The p-value is exact with zeros and ties, and equals the tabulated one without them.
/// Two-sided: twice the smaller tail, at most 1. Beyond 1000 effects the normal approximation with its continuity
/// correction is used.
/// Source: Wilcoxon (1945), Biometrics Bulletin 1(6):80-83; Pratt (1959), JASA 54(287):655-667.
/// \param effects  infinite effects are allowed and rank at the top.
/// \throws Error if there are no effects or one is not a number.
/// Cost: O(n^3) without ties, at most 4 times that with ties; 1 ms at 200 effects.
[[nodiscard]] SignedRankTest signed_rank_test(std::span<const double> effects, Alternative alternative);

/// How the normal approximation treats effects of 0.
enum class ZeroRule {
  pratt,     ///< ranks them, then leaves them out
  wilcoxon,  ///< leaves them out before ranking
};

struct NormalApproximation {
  Alternative alternative;
  ZeroRule zeros = ZeroRule::pratt;
  ContinuityCorrection continuity = ContinuityCorrection::half;
};

/// The same test by the normal approximation with the variance corrected for ties. Most tools print this one.
/// \throws Error as above.
[[nodiscard]] SignedRankTest signed_rank_test_normal(std::span<const double> effects,
                                                     const NormalApproximation& approximation);

}  // namespace assay::stats
