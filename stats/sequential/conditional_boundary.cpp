#include "stats/sequential/conditional_boundary.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

#include "core/assert.hpp"

namespace assay::stats {
namespace {

constexpr int kDigitBits = 13;  ///< one pass sorts the sums of up to 89 blocks, two those of many thousand
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;

/// A vector beside what it is sorted by, so that memory is read in order.
struct SortedVector {
  std::uint32_t below_largest = 0;
  std::uint32_t vector = 0;
};

/// One pass of the sort: by the digit at `shift`, equal ones in the order they have.
std::vector<SortedVector> sorted_by_digit(const std::vector<SortedVector>& vectors, int shift) {
  const auto digit = [shift](const SortedVector& one) { return (one.below_largest >> shift) % kDigits; };
  std::array<std::uint32_t, kDigits + 1> starts{};
  for (const SortedVector& one : vectors) ++starts[digit(one) + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<SortedVector> sorted(vectors.size());
  for (const SortedVector& one : vectors) sorted[starts[digit(one)]++] = one;
  return sorted;
}

/// A share of the vectors that differs from a whole number only by rounding counts as whole.
constexpr double kWholeTolerance = 1e-9;

/// What is asked of `limit_of_largest`.
struct LargestSums {
  std::int32_t largest = 0;
  std::size_t most = 0;
  int shift = 0;  ///< sums are told apart down to this bit
};

/// A distance below the largest sum within which the `most` largest lie, and hardly more.
std::uint32_t limit_of_largest(std::span<const std::int32_t> sums, const LargestSums& asked) {
  std::array<std::uint32_t, kDigits> counts{};
  for (const std::int32_t sum : sums) ++counts[static_cast<std::uint32_t>(asked.largest - sum) >> asked.shift];
  std::size_t bucket = 0;
  for (std::size_t counted = counts[0]; counted < asked.most;) counted += counts[++bucket];
  return static_cast<std::uint32_t>(((bucket + 1) << asked.shift) - 1);
}

}  // namespace

RankedSums rank_sums(std::span<const std::int32_t> sums, std::size_t most) {
  ASSAY_ASSERT(!sums.empty() && most > 0);
  const std::int32_t largest = *std::max_element(sums.begin(), sums.end());
  const int bits = static_cast<int>(std::bit_width(static_cast<std::uint32_t>(largest)));
  const std::uint32_t limit =
      most < sums.size()
          ? limit_of_largest(sums, {.largest = largest, .most = most, .shift = std::max(0, bits - kDigitBits)})
          : ~0U;
  std::vector<SortedVector> sorted;
  for (std::uint32_t vector = 0; vector < sums.size(); ++vector) {
    const auto below = static_cast<std::uint32_t>(largest - sums[vector]);
    if (below <= limit) sorted.push_back({below, vector});
  }
  for (int shift = 0; shift < bits; shift += kDigitBits) sorted = sorted_by_digit(sorted, shift);
  // No sum may be split: vectors that share one cross together or not at all.
  std::size_t count = std::min(most, sorted.size());
  while (count < sorted.size() && sorted[count].below_largest == sorted[count - 1].below_largest) ++count;
  RankedSums ranked{.sums = std::vector<std::int32_t>(count), .vectors = std::vector<std::uint32_t>(count)};
  for (std::size_t place = 0; place < count; ++place) {
    ranked.sums[place] = largest - static_cast<std::int32_t>(sorted[place].below_largest);
    ranked.vectors[place] = sorted[place].vector;
  }
  return ranked;
}

std::int64_t crossings_allowed(VectorCount count, double cumulative_alpha) {
  const double total = static_cast<double>(count.vectors) + (count.observed_included ? 0 : 1);
  return static_cast<std::int64_t>(std::floor(cumulative_alpha * total + kWholeTolerance));
}

std::size_t ranks_needed(VectorCount count, double cumulative_alpha) {
  return static_cast<std::size_t>(crossings_allowed(count, cumulative_alpha)) + 1;
}

ConditionalBoundary::ConditionalBoundary(VectorCount count)
    : count_(count), alive_((count.vectors + 63) / 64, ~std::uint64_t{0}), observed_alive_(!count.observed_included) {}

std::optional<std::int32_t> ConditionalBoundary::look(const RankedSums& ranked, const SideLook& side) {
  const std::int64_t allowed_by_now = crossings_allowed(count_, side.cumulative_alpha);
  // More vectors than may cross, dead ones among them: the loop ends before they do.
  ASSAY_ASSERT(ranked.sums.size() == count_.vectors || std::ssize(ranked.sums) > allowed_by_now);
  const std::int64_t allowed = allowed_by_now - used_;

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
