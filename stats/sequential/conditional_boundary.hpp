#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace assay::stats {

/// The sums of the sign vectors at one look, largest first: all of them, or as many of the largest as a look can need.
struct RankedSums {
  std::vector<std::int32_t> sums;      ///< descending
  std::vector<std::uint32_t> vectors;  ///< the vector that has the sum at the same position
};
/// Ranks the `most` largest sums, and all that equal the smallest of them.
/// Cost: O(B), by radix sort. \param sums  one for each vector, none negative.
[[nodiscard]] RankedSums rank_sums(std::span<const std::int32_t> sums,
                                   std::size_t most = std::numeric_limits<std::size_t>::max());

/// The input of one side at one look.
struct SideLook {
  std::int32_t observed = 0;    ///< sum of the observed vector, in doubled ranks like the others
  double cumulative_alpha = 0;  ///< error that may have been used up by now
};

/// The input of a side's boundary: how many vectors there are, and whether the observed one is among them.
struct VectorCount {
  std::size_t vectors = 0;
  bool observed_included = false;
};

/// How many of the largest sums a side looks at, at most, if that error may have been used up by now.
[[nodiscard]] std::size_t ranks_needed(VectorCount count, double cumulative_alpha);

/// One side of the exact conditional boundary.
///
/// The share of sign vectors that have crossed never exceeds the error that may have been used up by each look. The
/// observed vector is one of them, so under "no effect" it is as likely to cross as any other. A vector that has
/// crossed is dead. Because sums are discrete, a look may leave error unused; it rolls forward to the next look.
/// Source: conditional sequential designs as in docs/methods/sequential-test.md; the observed vector is counted as in
/// Phipson and Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9(1):39.
class ConditionalBoundary {
 public:
  explicit ConditionalBoundary(VectorCount count);

  /// Returns the smallest attained sum c such that all living vectors with a sum of at least c may cross; std::nullopt
  /// if there is none. `ranked` holds at least `ranks_needed` sums. Those vectors die, and the observed vector crosses
  /// if its sum is at least c. Cost: O(vectors looked at), about B alpha.
  std::optional<std::int32_t> look(const RankedSums& ranked, const SideLook& side);

  /// Number of vectors that have crossed so far, including the observed one.
  [[nodiscard]] std::int64_t used() const { return used_; }

 private:
  [[nodiscard]] bool is_alive(std::uint32_t vector) const { return (alive_[vector / 64] >> (vector % 64) & 1U) != 0; }

  VectorCount count_;
  std::vector<std::uint64_t> alive_;  ///< one bit for each vector
  bool observed_alive_;               ///< used only if it is not among the vectors
  std::int64_t used_ = 0;
};

}  // namespace assay::stats
