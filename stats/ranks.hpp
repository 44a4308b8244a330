#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace assay::stats {

/// Ranks of magnitudes, doubled so that mid-ranks are integers.
struct MagnitudeRanks {
  std::vector<std::int32_t> doubled;  ///< twice the mid-rank of each |value|, from 2 on; zeros are ranked too
  int zeros = 0;
  bool tied = false;  ///< whether any two non-zero magnitudes are equal
  friend bool operator==(const MagnitudeRanks&, const MagnitudeRanks&) = default;
};

/// Mid-ranks of |values|. Magnitudes that differ by 1e-12 of the smaller one or less are equal: ln(30/31) and ln(31/30)
/// should tie, though rounding parts them. Infinite magnitudes tie at the top.
/// \param values  without NaN. Cost: O(n log n).
[[nodiscard]] MagnitudeRanks rank_magnitudes(std::span<const double> values);

}  // namespace assay::stats
