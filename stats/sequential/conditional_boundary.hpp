#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace assay::stats {

/// Sums of all sign vectors at one look, largest first.
struct RankedSums {
  std::vector<std::int32_t> sums;      ///< descending
  std::vector<std::uint32_t> vectors;  ///< whose sum that is
};
/// Cost: O(B), by radix. \param sums  one per vector, none negative.
[[nodiscard]] RankedSums rank_sums(std::span<const std::int32_t> sums);

/// What one side sees at one look.
struct SideLook {
  std::int32_t observed = 0;    ///< the observed vector's sum, doubled ranks like the others
  double cumulative_alpha = 0;  ///< that may have been used up by now
};

/// What a side's boundary is made from: how many vectors there are, and whether the observed one is among them.
struct VectorCount {
  std::size_t vectors = 0;
  bool observed_included = false;
};

/// One side of the exact conditional boundary: the share of sign vectors that have crossed never exceeds the error that
/// may have been used up by each look, and the observed vector is one of them, so that under "no effect" it is as
/// likely to be among the crossing ones as any other.
///
/// A vector that has crossed is dead; what a look could not use, since sums are discrete, rolls forward to the next.
/// Source: conditional sequential designs as in docs/methods/sequential-test.md; counting the observed vector in as in
/// Phipson and Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9(1):39.
class ConditionalBoundary {
 public:
  explicit ConditionalBoundary(VectorCount count);

  /// The smallest attained sum c such that those alive with a sum of c or more may all cross; nothing where there is
  /// none. They die; the observed vector crosses if its sum is c or more. Cost: O(vectors looked at), about B alpha.
  std::optional<std::int32_t> look(const RankedSums& ranked, const SideLook& side);

  /// Vectors that have crossed so far, the observed one included.
  [[nodiscard]] std::int64_t used() const { return used_; }

 private:
  [[nodiscard]] bool is_alive(std::uint32_t vector) const { return (alive_[vector / 64] >> (vector % 64) & 1U) != 0; }

  VectorCount count_;
  std::vector<std::uint64_t> alive_;  ///< one bit per vector
  bool observed_alive_;               ///< where it is not among the vectors
  std::int64_t used_ = 0;
};

}  // namespace assay::stats
