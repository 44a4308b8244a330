#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/seed.hpp"

namespace assay::stats {

/// How many vectors of fair coins to draw, of which length, from which seed.
struct SignVectorPlan {
  Seed seed;
  int drawn = 19999;  ///< vectors, where they are not enumerated
  int length = 0;     ///< coins: the cap of the trial, in blocks
};

/// Vectors of signs, one sign per block: what the coins that ordered the arms might have shown instead.
///
/// All 2^length of them where the length is kLargestEnumerated or less, else drawn: bytes of eight blocks each, from
/// the stream (signs, 0, byte column), when they are first needed. docs/formats/random.md gives the layout to the bit.
/// Memory: count() * length / 8 bytes.
class SignVectors {
 public:
  static constexpr int kLargestEnumerated = 14;

  explicit SignVectors(const SignVectorPlan& plan);

  [[nodiscard]] std::size_t count() const { return count_; }
  /// Whether the vectors are all there are, the observed one among them.
  [[nodiscard]] bool enumerated() const { return enumerated_; }

  /// For every vector the sum of the scores whose sign is +.
  /// Cost: one table look-up per vector and eight blocks; 0.4 ms for 19,999 vectors and 200 blocks.
  [[nodiscard]] std::vector<std::int32_t> score_sums(std::span<const std::int32_t> scores);

 private:
  void add_column();

  Seed seed_;
  std::size_t count_;
  bool enumerated_;
  std::vector<std::vector<std::uint8_t>> columns_;  ///< [block / 8][vector], bit block % 8
};

}  // namespace assay::stats
