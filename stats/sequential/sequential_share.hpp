#pragma once

#include <span>

namespace assay::stats {

/// One look at how many of the blocks so far have a property (treatment fails and control does not, say).
struct CountLook {
  int blocks = 0;
  int count = 0;
  double spent = 0;  ///< error probability that may have been used up by now: A_k
};

/// Whether the looks so far show the property's probability to be below `limit`.
///
/// Exact group-sequential binomial test: at each look the smallest counts whose probability at `limit`, without an
/// earlier crossing, fits into what is not used up of A_k cross the boundary; what discreteness leaves over is there
/// for the next look. With a single look this is Clopper and Pearson's upper bound below `limit`.
/// The chance of showing it wrongly, at any look, is at most the last A_k. See docs/methods/proportions.md.
/// \param looks  in order, blocks and A_k ascending. \param limit  above 0.
/// Cost: O(blocks * min(counts, sqrt(blocks))).
[[nodiscard]] bool shown_below(std::span<const CountLook> looks, double limit);

/// The least limit that the looks so far show the probability to be below, and the greatest that it is above: each is
/// simultaneous over the looks at 1 less the last A_k. By bisection, to 1e-9.
/// Cost: about 30 times that of `shown_below`.
[[nodiscard]] double sequential_upper_bound(std::span<const CountLook> looks);
[[nodiscard]] double sequential_lower_bound(std::span<const CountLook> looks);

/// Blocks without a single count that show the probability to be below `limit` in one look at `level`:
/// the least n with (1 - limit)^n <= level. 10 % after 29 blocks at 5 %, 5 % after 59, 1 % after 299.
[[nodiscard]] int blocks_without_count(double limit, double level);

}  // namespace assay::stats
