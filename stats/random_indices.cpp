#include "stats/random_indices.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <utility>

#include "core/assert.hpp"

namespace assay::stats {
namespace {

/// Draws from a word cut into as many lanes as fit, each wide enough for the bound; lanes that exceed it are dropped.
template <int Bits>
class Lanes {
 public:
  static constexpr std::size_t kCount = 64 / Bits;

  explicit Lanes(std::uint32_t bound) : bound_(bound) {}

  /// Writes up to kCount indices, and returns how many. A lane is dropped by writing the next one over it: that spares
  /// the processor a branch it cannot foresee, and is 1.4 times as fast as multiplying and rejecting 16 bits (Lemire).
  std::size_t draw(std::uint64_t word, std::uint32_t* indices) const {
    constexpr std::uint32_t kMask = (std::uint32_t{1} << Bits) - 1;
    std::size_t drawn = 0;
    for (std::size_t lane = 0; lane < kCount; ++lane) {
      const std::uint32_t index = static_cast<std::uint32_t>(word >> (Bits * lane)) & kMask;
      indices[drawn] = index;
      drawn += index < bound_ ? 1U : 0U;
    }
    return drawn;
  }

 private:
  std::uint32_t bound_;
};

template <int Bits>
void draw_from_lanes(Generator& generator, std::uint32_t bound, std::span<std::uint32_t> indices) {
  const Lanes<Bits> lanes(bound);
  std::size_t filled = 0;
  while (filled + lanes.kCount <= indices.size()) filled += lanes.draw(generator(), &indices[filled]);
  std::array<std::uint32_t, Lanes<Bits>::kCount> last;
  while (filled < indices.size()) {
    const std::size_t drawn = lanes.draw(generator(), last.data());
    for (std::size_t draw = 0; draw < drawn && filled < indices.size(); ++draw) indices[filled++] = last[draw];
  }
}

using DrawFunction = void (*)(Generator&, std::uint32_t, std::span<std::uint32_t>);
constexpr std::size_t kWidestLane = 16;

/// The function for lanes of each width from 1 bit on.
template <std::size_t... Width>
constexpr std::array<DrawFunction, kWidestLane> functions_by_width(std::index_sequence<Width...>) {
  return {&draw_from_lanes<static_cast<int>(Width) + 1>...};
}

}  // namespace

void draw_indices(Generator& generator, std::uint32_t bound, std::span<std::uint32_t> indices) {
  ASSAY_ASSERT(bound >= 1);
  static constexpr auto kFunctions = functions_by_width(std::make_index_sequence<kWidestLane>());
  const auto width = std::max<std::size_t>(1, std::bit_width(bound - 1));
  if (width <= kWidestLane) {
    kFunctions[width - 1](generator, bound, indices);
  } else {
    std::ranges::generate(indices, [&] { return static_cast<std::uint32_t>(generator.below(bound)); });
  }
}

}  // namespace assay::stats
