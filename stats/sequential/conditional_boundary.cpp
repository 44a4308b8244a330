#include "stats/sequential/conditional_boundary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/assert.hpp"

namespace assay::stats {
namespace {

constexpr int kDigitBits = 11;  ///< two passes sort the sums of up to 1,000 blocks
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;

/// A share of the vectors that differs from a whole number only by rounding counts as whole.
constexpr double kWholeTolerance = 1e-9;

}  // namespace

RankedSums rank_sums(std::span<const std::int32_t> sums) {
  ASSAY_ASSERT(!sums.empty());
  const std::int64_t largest = *std::max_element(sums.begin(), sums.end());  // wide, to be shifted past its end
  std::vector<std::uint32_t> order(sums.size());
  std::vector<std::uint32_t> previous(sums.size());
  std::iota(order.begin(), order.end(), 0U);
  for (int shift = 0; shift == 0 || (largest >> shift) > 0; shift += kDigitBits) {
    const auto digit = [&](std::uint32_t vector) {
      return static_cast<std::size_t>((largest - sums[vector]) >> shift) % kDigits;
    };
    std::swap(order, previous);
    std::array<std::uint32_t, kDigits + 1> starts{};
    for (const std::uint32_t vector : previous) ++starts[digit(vector) + 1];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    for (const std::uint32_t vector : previous) order[starts[digit(vector)]++] = vector;
  }
  RankedSums ranked{.sums = std::vector<std::int32_t>(sums.size()), .vectors = std::move(order)};
  for (std::size_t place = 0; place < sums.size(); ++place) ranked.sums[place] = sums[ranked.vectors[place]];
  return ranked;
}

ConditionalBoundary::ConditionalBoundary(VectorCount count)
    : count_(count), alive_((count.vectors + 63) / 64, ~std::uint64_t{0}), observed_alive_(!count.observed_included) {}

std::optional<std::int32_t> ConditionalBoundary::look(const RankedSums& ranked, const SideLook& side) {
  ASSAY_ASSERT(ranked.sums.size() == count_.vectors);
  const double total = static_cast<double>(count_.vectors) + (count_.observed_included ? 0 : 1);
  const std::int64_t allowed =
      static_cast<std::int64_t>(std::floor(side.cumulative_alpha * total + kWholeTolerance)) - used_;

  // Go down the sums one value at a time: all vectors that share a value cross together or not at all.
  std::optional<std::int32_t> critical_value;
  std::int64_t crossing = 0;
  std::size_t accepted = 0;
  bool observed_ahead = observed_alive_;
  while (crossing < allowed && (accepted < ranked.sums.size() || observed_ahead)) {
    const bool observed_next =
        observed_ahead && (accepted == ranked.sums.size() || side.observed >= ranked.sums[accepted]);
    const std::int32_t value = observed_next ? side.observed : ranked.sums[accepted];
    std::int64_t sharing = observed_next ? 1 : 0;
    std::size_t end = accepted;
    for (; end < ranked.sums.size() && ranked.sums[end] == value; ++end) sharing += is_alive(ranked.vectors[end]);
    if (crossing + sharing > allowed) break;
    if (sharing > 0) critical_value = value;
    if (observed_next) observed_ahead = false;
    crossing += sharing;
    accepted = end;
  }

  for (std::size_t place = 0; place < accepted; ++place) {
    const std::uint32_t vector = ranked.vectors[place];
    alive_[vector / 64] &= ~(std::uint64_t{1} << (vector % 64));
  }
  if (!observed_ahead) observed_alive_ = false;
  used_ += crossing;
  return critical_value;
}

}  // namespace assay::stats
