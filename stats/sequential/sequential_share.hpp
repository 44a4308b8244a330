#pragma once

#include <span>

namespace assay::stats {

/// One look at the number of blocks so far that have a property (for example: treatment fails and control does not).
struct CountLook {
  int blocks = 0;
  int count = 0;
  double spent = 0;  ///< error probability that may have been used up by now: A_k
};

/// Whether the looks so far show that the probability of the property is below `limit`.
///
/// This is an exact group-sequential binomial test. At each look, the smallest counts cross the boundary as far as
/// their probability at `limit`, without an earlier crossing, fits into the unused part of A_k. The remainder that
/// discreteness leaves is available to the next look. With a single look the test equals "the upper bound of Clopper
/// and Pearson is below `limit`". The chance of a wrong claim at any look is at most the last A_k. See
/// docs/methods/proportions.md.
/// \param looks  in order, blocks and A_k ascending. \param limit  above 0.
/// Cost: O(blocks * min(counts, sqrt(blocks))).
[[nodiscard]] bool shown_below(std::span<const CountLook> looks, double limit);

/// The smallest limit that the looks so far show the probability to be below, and the largest limit that they show it
/// to be above. Each holds simultaneously over the looks at 1 - (the last A_k). They are found by bisection, to 1e-9.
/// Cost: about 30 times that of `shown_below`.
[[nodiscard]] double sequential_upper_bound(std::span<const CountLook> looks);
[[nodiscard]] double sequential_lower_bound(std::span<const CountLook> looks);

/// Number of blocks without a single count that show, in one look at `level`, that the probability is below `limit`:
/// the smallest n with (1 - limit)^n <= level. At 5 % that is 29 blocks for 10 %, 59 for 5 % and 299 for 1 %.
[[nodiscard]] int blocks_without_count(double limit, double level);

}  // namespace assay::stats
