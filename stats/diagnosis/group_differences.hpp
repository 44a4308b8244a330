#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/seed.hpp"

namespace assay::stats {

/// A test of whether values differ between groups.
struct GroupDifferences {
  double statistic = 0;  ///< Kruskal and Wallis' H; 0 if all values are equal
  double p = 1;          ///< at least 1 / (permutations + 1)
};

/// The rank test of Kruskal and Wallis, with its null distribution by random permutations: exact whatever the sizes of
/// the groups, where the usual chi-squared approximation is poor for groups of a few values.
///
/// Null hypothesis: which value lies in which group is chance.
/// Source: Kruskal and Wallis (1952), JASA 47(260):583-621; p as in Phipson and Smyth (2010), SAGMB 9(1):39.
/// \param values  may be infinite, not NaN
/// \param groups  for each value the index of its group; one of at least two groups
/// Cost: O(n) for each of 1,999 permutations.
[[nodiscard]] GroupDifferences group_differences(std::span<const double> values, const std::vector<std::size_t>& groups,
                                                 Seed seed);

}  // namespace assay::stats
