#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/seed.hpp"

namespace assay::stats {

/// How many vectors of fair coins to draw, their length, and the seed.
struct SignVectorPlan {
  Seed seed;
  int drawn = 19999;  ///< number of vectors, unless they are enumerated
  int length = 0;     ///< number of coins: the cap of the attempt, in blocks
};

/// Vectors of signs, one sign for each block: the outcomes that the coins that ordered the arms could have had instead.
///
/// Up to a length of kLargestEnumerated they are all 2^length vectors. Longer vectors are drawn when they are first
/// needed, in bytes of eight blocks, from the stream (signs, 0, byte column). docs/formats/random.md gives the layout
/// to the bit. The first 1,024 blocks' signs are kept, and those of later blocks are drawn anew at each use.
/// Memory: count() * min(length, 1024) / 8 bytes.
class SignVectors {
 public:
  static constexpr int kLargestEnumerated = 14;

  explicit SignVectors(const SignVectorPlan& plan);

  [[nodiscard]] std::size_t count() const { return count_; }
  /// Whether the vectors are all that exist, including the observed one.
  [[nodiscard]] bool enumerated() const { return enumerated_; }

  /// For every vector, the sum of the scores whose sign is +.
  /// Cost: one table look-up for each vector and eight blocks; 0.4 ms for 19,999 vectors and 200 blocks. Drawing the
  /// signs of eight blocks anew takes a third of that again.
  [[nodiscard]] std::vector<std::int32_t> score_sums(std::span<const std::int32_t> scores);

 private:
  [[nodiscard]] std::vector<std::uint8_t> column_at(std::size_t index) const;

  Seed seed_;
  std::size_t count_;
  bool enumerated_;
  std::vector<std::vector<std::uint8_t>> columns_;  ///< those kept: [block / 8][vector], bit block % 8
};

}  // namespace assay::stats
