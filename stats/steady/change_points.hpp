#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::stats {

/// Finds where the level of a series changes: the division into segments with the smallest sum of squares about the
/// means of the segments, where each change costs `penalty`. The result is exact, by pruned dynamic programming (PELT).
///
/// Hypothesis: within a segment the values vary about one level. The caller must remove outliers first, because they
/// dominate squares (docs/methods/steady-state.md).
/// Source: Killick, Fearnhead and Eckley (2012), J. American Statistical Association 107(500):1590-1598.
/// \param series   finite; in time order.
/// \param penalty  above 0, in squared units of the series.
/// \returns the first index of every segment except the first, ascending.
/// Cost: O(n) if changes are spread over the series, O(n^2) if there is none (8 ms for 2,000 values).
[[nodiscard]] std::vector<std::size_t> change_points(std::span<const double> series, double penalty);

}  // namespace assay::stats
