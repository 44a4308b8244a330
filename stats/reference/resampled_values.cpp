#include "stats/reference/resampled_values.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include "core/assert.hpp"
#include "stats/reference/random_words.hpp"

namespace assay::stats {
namespace {

constexpr std::size_t kWidestValueLane = 16;

}  // namespace

/// A lane is dropped by overwriting it with the next one. This avoids a branch that the processor cannot predict, and
/// is 1.4 times as fast as multiplying and rejecting 16 bits (Lemire).
template <int Bits>
void ResampledValues::draw_from_lanes(ResampledValues& values, Generator& generator) {
  constexpr std::size_t kLanes = 64 / Bits;
  constexpr std::uint64_t kMask = (std::uint64_t{1} << Bits) - 1;
  const std::size_t count = values.count_;
  const double* const table = values.table_.data();
  double* const drawn = values.drawn_.data();
  RandomWords random(generator());
  std::size_t filled = 0;
  while (filled + kLanes <= count) {
    const std::uint64_t word = random();
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::size_t index = (word >> (Bits * lane)) & kMask;
      drawn[filled] = table[index];
      filled += index < count ? 1U : 0U;
    }
  }
  while (filled < count) {
    const std::uint64_t word = random();
    for (std::size_t lane = 0; lane < kLanes && filled < count; ++lane) {
      const std::size_t index = (word >> (Bits * lane)) & kMask;
      if (index < count) drawn[filled++] = table[index];
    }
  }
}

void ResampledValues::draw_one_by_one(ResampledValues& values, Generator& generator) {
  std::ranges::generate(values.drawn_, [&] { return values.table_[generator.below(values.count_)]; });
}

template <std::size_t... Width>
ResampledValues::DrawFunction ResampledValues::function_for(std::size_t width, std::index_sequence<Width...>) {
  static constexpr std::array<DrawFunction, sizeof...(Width)> kFunctions = {
      &ResampledValues::draw_from_lanes<static_cast<int>(Width) + 1>...};
  return width <= kFunctions.size() ? kFunctions[width - 1] : &ResampledValues::draw_one_by_one;
}

ResampledValues::ResampledValues(std::span<const double> values)
    : count_(values.size()), table_(values.begin(), values.end()), drawn_(values.size()) {
  ASSAY_ASSERT(!values.empty());
  const auto width = std::max<std::size_t>(1, static_cast<std::size_t>(std::bit_width(count_ - 1)));
  table_.resize(std::size_t{1} << width, 0.0);
  draw_ = function_for(width, std::make_index_sequence<kWidestValueLane>());
}

std::span<const double> ResampledValues::draw(Generator& generator) {
  draw_(*this, generator);
  return drawn_;
}

}  // namespace assay::stats
