#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace assay::stats {

/// Ranks of values from 1 on; equal values share the mean of theirs.
struct MidRanks {
  std::vector<double> ranks;       ///< in the order of the values
  std::vector<std::int64_t> ties;  ///< sizes of the groups of two or more equal values
};

/// Mid-ranks of values by exact equality (unlike rank_magnitudes, which forgives rounding). Values may be infinite,
/// never NaN. Cost: O(n log n).
[[nodiscard]] MidRanks mid_ranks(std::span<const double> values);

}  // namespace assay::stats
