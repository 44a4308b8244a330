#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/sequential/conditional_boundary.hpp"

namespace assay::stats {

/// The input of one side at one look.
struct RankedLook {
  const RankedSums* ranked = nullptr;
  std::int32_t observed = 0;
  double spending_share = 0;  ///< share of the side's level that may have been used up by now
};

/// Descending side levels at which the sequential p-value is searched: 240 levels, evenly spaced in the logarithm from
/// 1/2 to the smallest level at which one vector may cross at all, 1 / (number of vectors, including the observed one),
/// and `own_level`. Including `own_level` keeps p and the test at that level from contradicting each other.
[[nodiscard]] std::vector<double> p_value_levels(VectorCount count, double own_level);

/// The smallest level at which, and at every larger one, the observed vector has crossed; std::nullopt if it has not
/// crossed at the largest. On a quarter of the paths crossing is not monotone in the level, so bisection cannot be
/// used.
/// Cost: O(vectors that may cross) a look, for each level crossed and for the first that is not.
[[nodiscard]] std::optional<double> smallest_crossed_level(std::span<const double> descending_levels,
                                                           std::span<const RankedLook> looks, VectorCount count);

}  // namespace assay::stats
