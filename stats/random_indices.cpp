#include "stats/random_indices.hpp"

#include <cstddef>

#include "core/assert.hpp"

namespace assay::stats {
namespace {

/// Draws from the `Bits` wide lanes of each word. A lane whose product falls into the first 2^Bits mod bound residues
/// is dropped: it is written and then overwritten, which spares the processor a branch it cannot foresee.
template <int Bits>
void draw_from_lanes(Generator& generator, std::uint32_t bound, std::span<std::uint32_t> indices) {
  constexpr std::uint64_t kLane = (std::uint64_t{1} << Bits) - 1;
  const std::uint64_t threshold = (kLane + 1) % bound;
  std::size_t drawn = 0;
  while (drawn < indices.size()) {
    std::uint64_t word = generator();
    for (int used = 0; used < 64 && drawn < indices.size(); used += Bits) {
      const std::uint64_t product = (word & kLane) * bound;
      word >>= Bits;
      indices[drawn] = static_cast<std::uint32_t>(product >> Bits);
      drawn += (product & kLane) >= threshold ? 1U : 0U;
    }
  }
}

}  // namespace

void draw_indices(Generator& generator, std::uint32_t bound, std::span<std::uint32_t> indices) {
  ASSAY_ASSERT(bound >= 1);
  // At 4096 of 65536 at most one lane in 16 is dropped.
  if (bound <= 4096) {
    draw_from_lanes<16>(generator, bound, indices);
  } else {
    draw_from_lanes<32>(generator, bound, indices);
  }
}

}  // namespace assay::stats
