#pragma once

#include <cstdint>
#include <vector>

namespace assay::adversary {

/// Distances between pairs of values, in steps of whatever they are rounded to.
struct Distances {
  std::vector<std::int64_t> of_pairs;  ///< in any order, at least 0
};
[[nodiscard]] Distances distances_within(const std::vector<std::int64_t>& values);
/// Each value of one list with each of the other.
[[nodiscard]] Distances distances_between(const std::vector<std::int64_t>& one, const std::vector<std::int64_t>& other);

/// How often values are exactly equal, and how likely that is if they only happen to be close to each other.
struct Repeats {
  int pairs = 0;      ///< that are equal
  double chance = 1;  ///< at most this likely: so many or more
};

/// Compares the pairs of equal values with the closest pairs of unequal ones.
///
/// Null hypothesis: close to 0, each distance is as likely as any other. The smallest distance that occurs, or the
/// smallest difference between two, is taken for the step of the clock, so that a coarse clock repeats
/// nothing by itself. The chance is an upper bound, as for the number of successes before the k-th failure:
/// (y + k - 1 choose y) p^y.
[[nodiscard]] Repeats repeats_in(Distances distances);

}  // namespace assay::adversary
