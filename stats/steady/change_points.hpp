#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::stats {

/// Where the level of a series changes: the division into segments with the least sum of squares about the segments'
/// means, each change costing `penalty`; exact, by pruned dynamic programming (PELT).
///
/// Hypothesis: within a segment the values vary about one level. What single far values do to the squares is for the
/// caller to take out (docs/methods/steady-state.md).
/// Source: Killick, Fearnhead and Eckley (2012), J. American Statistical Association 107(500):1590-1598.
/// \param series   finite; in time order.
/// \param penalty  above 0, in squared units of the series.
/// \returns the first index of every segment but the first, ascending.
/// Cost: O(n) where changes are spread over the series, O(n^2) where there is none (8 ms for 2,000 values).
[[nodiscard]] std::vector<std::size_t> change_points(std::span<const double> series, double penalty);

}  // namespace assay::stats
