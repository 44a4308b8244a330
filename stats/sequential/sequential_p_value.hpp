#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/sequential/conditional_boundary.hpp"

namespace assay::stats {

/// What one look had to decide on, for one side.
struct RankedLook {
  const RankedSums* ranked = nullptr;
  std::int32_t observed = 0;
  double spending_share = 0;  ///< of the side's level that may have been used up by now
};

/// Descending side levels at which a sequential p-value is looked for: 240, evenly spaced in the logarithm from 1/2 to
/// the smallest at which one vector may cross at all, 1 / (number of vectors, the observed one included), and
/// `own_level`, so that p and the test at that level never contradict each other.
[[nodiscard]] std::vector<double> p_value_levels(VectorCount count, double own_level);

/// The smallest level at which, and at every larger one, the observed vector has crossed; nothing where it has not at
/// the largest. Crossing is not monotone in the level on a quarter of the paths, so no bisection.
/// Cost: per level crossed, and the first that is not, O(vectors that may cross) per look.
[[nodiscard]] std::optional<double> smallest_crossed_level(std::span<const double> descending_levels,
                                                           std::span<const RankedLook> looks, VectorCount count);

}  // namespace assay::stats
