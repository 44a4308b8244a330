#include "stats/signed_rank_distribution.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/assert.hpp"
#include "stats/distributions.hpp"

namespace assay::stats {
namespace {

/// Decimal levels are seldom exact in binary. A tail that exceeds its level only by rounding still meets it.
constexpr double kLevelTolerance = 1e-12;

double edgeworth_upper_tail(int effects, std::int64_t w) {
  const double n = effects;
  const double mean = n * (n + 1) / 4;
  const double variance = n * (n + 1) * (2 * n + 1) / 24;
  const double fourth_cumulant = -n * (n + 1) * (2 * n + 1) * (3 * n * n + 3 * n - 1) / 240;
  const double z = (static_cast<double>(w) - 0.5 - mean) / std::sqrt(variance);
  // Sum of the sixth powers of the ranks; a fair coin's sixth cumulant is 1/4.
  const double sixth_powers = n * (n + 1) * (2 * n + 1) * (3 * n * n * n * n + 6 * n * n * n - 3 * n + 1) / 42;
  const double fourth = fourth_cumulant / (variance * variance);
  const double sixth = sixth_powers / 4 / (variance * variance * variance);
  const double s = z * z;
  const double third_hermite = z * (s - 3);
  const double fifth_hermite = z * (s * s - 10 * s + 15);
  const double seventh_hermite = z * (s * s * s - 21 * s * s + 105 * s - 105);
  const double correction =
      fourth / 24 * third_hermite + sixth / 720 * fifth_hermite + fourth * fourth / 1152 * seventh_hermite;
  return std::clamp(normal_upper_tail(z) + normal_density(z) * correction, 0.0, 1.0);
}

}  // namespace

SignedRankDistribution::SignedRankDistribution() : lower_half_{1}, cumulative_{1} {}

void SignedRankDistribution::extend_to(int effects) {
  ASSAY_ASSERT(effects >= effects_);
  const int first = effects_ + 1;
  effects_ = effects;
  if (effects > kLargestExact) return;
  for (int rank = first; rank <= effects; ++rank) {
    const auto step = static_cast<std::size_t>(rank);
    const std::size_t old_largest = step * (step - 1) / 2;
    const std::size_t half = step * (step + 1) / 4;
    for (std::size_t w = lower_half_.size(); w <= half; ++w) {
      lower_half_.push_back(w <= old_largest ? lower_half_[old_largest - w] : 0);
    }
    for (std::size_t w = half; w >= step; --w) lower_half_[w] = (lower_half_[w] + lower_half_[w - step]) / 2;
    for (std::size_t w = 0; w < std::min(step, half + 1); ++w) lower_half_[w] /= 2;
  }
  cumulative_.resize(lower_half_.size());
  std::partial_sum(lower_half_.begin(), lower_half_.end(), cumulative_.begin());
}

double SignedRankDistribution::upper_tail(std::int64_t w) const {
  if (w <= 0) return 1;
  if (w > largest()) return 0;
  if (effects_ > kLargestExact) return edgeworth_upper_tail(effects_, w);
  // Symmetry: P(W >= w) = P(W <= largest - w).
  const auto mirrored = static_cast<std::size_t>(largest() - w);
  if (mirrored < cumulative_.size()) return cumulative_[mirrored];
  return 1 - cumulative_[static_cast<std::size_t>(w - 1)];
}

std::int64_t SignedRankDistribution::critical_value(double level) const {
  ASSAY_ASSERT(level < 0.5);
  const double limit = level * (1 + kLevelTolerance);
  std::int64_t rejected = largest() + 1;
  std::int64_t accepted = (largest() + 1) / 2;  // there the tail is 1/2 or more
  while (rejected - accepted > 1) {
    const std::int64_t middle = accepted + (rejected - accepted) / 2;
    (upper_tail(middle) <= limit ? rejected : accepted) = middle;
  }
  return rejected;
}

double conditional_upper_tail(std::span<const std::int32_t> doubled_ranks, std::int64_t doubled_w) {
  ASSAY_ASSERT(doubled_ranks.size() <= kMostRanks);
  const std::int64_t largest = std::accumulate(doubled_ranks.begin(), doubled_ranks.end(), std::int64_t{0});
  if (doubled_w <= 0) return 1;
  if (doubled_w > largest) return 0;

  const bool upper = 2 * doubled_w > largest;
  const std::int64_t last = upper ? largest - doubled_w : doubled_w - 1;
  std::vector<double> chance(static_cast<std::size_t>(last) + 1, 0.0);
  std::vector<double> next(chance.size());
  chance[0] = 1;
  for (const std::int32_t rank : doubled_ranks) {
    const std::size_t shift = std::min(static_cast<std::size_t>(rank), chance.size());
    for (std::size_t w = 0; w < shift; ++w) next[w] = chance[w] / 2;
    for (std::size_t w = shift; w < chance.size(); ++w) next[w] = (chance[w] + chance[w - shift]) / 2;
    std::swap(chance, next);
  }
  const double tail = std::accumulate(chance.begin(), chance.end(), 0.0);
  return upper ? tail : 1 - tail;
}

}  // namespace assay::stats
