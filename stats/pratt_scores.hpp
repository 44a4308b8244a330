#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace assay::stats {

/// What the signed-rank test sees of a series of effects: the doubled mid-rank of each magnitude, 0 for an effect of 0
/// (which is ranked nevertheless), and their sums over the positive and the negative effects.
/// Source: Pratt (1959), JASA 54(287):655-667.
struct PrattScores {
  std::vector<std::int32_t> doubled;  ///< in the order of the effects
  std::int64_t doubled_positive = 0;
  std::int64_t doubled_negative = 0;
  int zeros = 0;
  bool tied = false;
  friend bool operator==(const PrattScores&, const PrattScores&) = default;
};

/// \param effects  without NaN; infinite ones rank at the top. Cost: O(n log n).
[[nodiscard]] PrattScores pratt_scores(std::span<const double> effects);

}  // namespace assay::stats
