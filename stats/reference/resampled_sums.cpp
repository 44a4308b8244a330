#include "stats/reference/resampled_sums.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "core/assert.hpp"
#include "stats/reference/random_words.hpp"

namespace assay::stats {
namespace {

constexpr std::size_t kWidestSumLane = 11;

double largest_magnitude(std::span<const double> values) {
  double largest = 0;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

}  // namespace

template <int Bits>
double ResampledSums::sum_in_lanes(const ResampledSums& sums, Generator& generator) {
  constexpr std::size_t kLanes = 64 / Bits;
  constexpr std::uint64_t kMask = (std::uint64_t{1} << Bits) - 1;
  const std::int64_t* const table = sums.table_.data();
  RandomWords random(generator());
  // Two sums side by side, because a single one waits for each addition to end.
  std::int64_t even = 0;
  std::int64_t odd = 0;
  const std::size_t words = sums.count_ / kLanes;
  for (std::size_t word = 0; word < words; ++word) {
    const std::uint64_t bits = random();
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      (lane % 2 == 0 ? even : odd) += table[(bits >> (Bits * lane)) & kMask];
    }
  }
  std::int64_t sum = even + odd;
  // The values sum to less than half a mark in either direction.
  const std::int64_t half_mark = std::int64_t{1} << (sums.mark_bits_ - 1);
  const std::int64_t surplus = (sum + half_mark) >> sums.mark_bits_;
  sum -= surplus << sums.mark_bits_;
  std::size_t missing = sums.count_ - words * kLanes + static_cast<std::size_t>(surplus);
  while (missing > 0) {
    const std::uint64_t bits = random();
    for (std::size_t lane = 0; lane < kLanes && missing > 0; ++lane) {
      const std::size_t index = (bits >> (Bits * lane)) & kMask;
      if (index >= sums.count_) continue;
      sum += table[index];
      --missing;
    }
  }
  return static_cast<double>(sum) * sums.step_;
}

template <std::size_t... Width>
ResampledSums::SumFunction ResampledSums::function_for(std::size_t width, std::index_sequence<Width...>) {
  static constexpr std::array<SumFunction, sizeof...(Width)> kFunctions = {
      &ResampledSums::sum_in_lanes<static_cast<int>(Width) + 1>...};
  return kFunctions[width - 1];
}

ResampledSums::ResampledSums(std::span<const double> values) : count_(values.size()) {
  ASSAY_ASSERT(values.size() >= 2 && values.size() <= kMostValues);
  const int count_bits = static_cast<int>(std::bit_width(count_));
  // Up to `count_` marks and the sum of the values share 63 bits. Each has as many bits to spare as there are draws.
  mark_bits_ = 62 - count_bits;
  const double largest = largest_magnitude(values);
  step_ = largest > 0 ? std::ldexp(largest, -(mark_bits_ - 1 - count_bits)) : 1;
  const auto width = static_cast<std::size_t>(std::bit_width(count_ - 1));
  table_.assign(std::size_t{1} << width, std::int64_t{1} << mark_bits_);
  for (std::size_t index = 0; index < count_; ++index) table_[index] = std::llround(values[index] / step_);
  draw_ = function_for(width, std::make_index_sequence<kWidestSumLane>());
}

}  // namespace assay::stats
