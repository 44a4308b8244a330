#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace assay::stats {

/// Ranks of values, starting at 1. Equal values share the mean of their ranks.
struct MidRanks {
  std::vector<double> ranks;       ///< in the order of the values
  std::vector<std::int64_t> ties;  ///< sizes of the groups of two or more equal values
};

/// Mid-ranks of values by exact equality (unlike `rank_magnitudes`, which tolerates rounding). Values may be infinite
/// but not NaN. Cost: O(n log n).
[[nodiscard]] MidRanks mid_ranks(std::span<const double> values);

/// Ranks of magnitudes, doubled so that mid-ranks are integers.
struct MagnitudeRanks {
  std::vector<std::int32_t> doubled;  ///< twice the mid-rank of each |value|, starting at 2; zeros are ranked too
  int zeros = 0;
  bool tied = false;  ///< true if any two non-zero magnitudes are equal
  friend bool operator==(const MagnitudeRanks&, const MagnitudeRanks&) = default;
};

/// Mid-ranks of |values|. Two magnitudes count as equal if they differ by at most 1e-12 of the smaller one: ln(30/31)
/// and ln(31/30) should tie although rounding separates them. Infinite magnitudes tie at the top.
/// \param values  must not contain NaN. Cost: O(n log n).
[[nodiscard]] MagnitudeRanks rank_magnitudes(std::span<const double> values);

/// The scores that the signed-rank test computes from a series of effects: the doubled mid-rank of each magnitude, and
/// the sums of the scores of the positive and of the negative effects. An effect of 0 is ranked but scores 0.
/// Source: Pratt (1959), JASA 54(287):655-667.
struct PrattScores {
  std::vector<std::int32_t> doubled;  ///< in the order of the effects
  std::int64_t doubled_positive = 0;
  std::int64_t doubled_negative = 0;
  int zeros = 0;
  bool tied = false;
  friend bool operator==(const PrattScores&, const PrattScores&) = default;
};

/// \param effects  must not contain NaN; infinite effects rank at the top. Cost: O(n log n).
[[nodiscard]] PrattScores pratt_scores(std::span<const double> effects);

}  // namespace assay::stats
