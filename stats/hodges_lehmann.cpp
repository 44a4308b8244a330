#include "stats/hodges_lehmann.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "stats/interval.hpp"
#include "stats/signed_rank_distribution.hpp"

namespace assay::stats {
namespace {

constexpr double kAverageRounding = 1e-12;
constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;

/// Numbers the doubles in their order, so that a bisection over them ends after 64 steps at most.
std::uint64_t ordered_bits(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return (bits & kSignBit) != 0 ? ~bits : bits | kSignBit;
}
double double_at(std::uint64_t place) {
  return std::bit_cast<double>((place & kSignBit) != 0 ? place & ~kSignBit : ~place);
}

std::int64_t pairs_with_self(std::int64_t count) {
  return count * (count + 1) / 2;
}

}  // namespace

WalshAverages::WalshAverages(std::span<const double> effects) {
  if (effects.empty()) throw Error("Hodges-Lehmann estimate: no effects; expected one or more");
  halves_.reserve(effects.size());
  std::int64_t negative = 0;
  std::int64_t positive = 0;
  for (const double effect : effects) {
    if (std::isnan(effect)) {
      throw Error("Hodges-Lehmann estimate: an effect is not a number; expected finite or infinite effects");
    }
    if (std::isfinite(effect)) {
      halves_.push_back(effect / 2);
    } else {
      ++(effect < 0 ? negative : positive);
    }
  }
  std::sort(halves_.begin(), halves_.end());
  const auto finite = static_cast<std::int64_t>(halves_.size());
  below_ = pairs_with_self(negative) + negative * finite;
  cancelled_ = negative * positive;
  count_ = pairs_with_self(finite + negative + positive);
}

std::int64_t WalshAverages::count() const {
  return count_;
}

/// Row i of the triangle holds halves[i] + halves[j], j >= i, ascending. From row to row the position where the value
/// is exceeded moves only to the left.
std::int64_t WalshAverages::count_at_most(double value) const {
  std::int64_t count = value >= 0 ? cancelled_ : 0;
  std::size_t end = halves_.size();
  for (std::size_t row = 0; row < end; ++row) {
    while (end > row && halves_[row] + halves_[end - 1] > value) --end;
    count += static_cast<std::int64_t>(end - row);
  }
  return count;
}

double WalshAverages::at(std::int64_t index) const {
  ASSAY_ASSERT(index >= 0 && index < count_);
  if (index < below_) return -kInfinity;
  const std::int64_t wanted = index - below_ + 1;
  const auto finite = static_cast<std::int64_t>(halves_.size());
  if (wanted > pairs_with_self(finite) + cancelled_) return kInfinity;
  if (finite == 0) return 0;

  // The smallest double with `wanted` averages at or below it is itself one of them.
  std::uint64_t low = ordered_bits(std::min(2 * halves_.front(), 0.0));
  std::uint64_t high = ordered_bits(std::max(2 * halves_.back(), 0.0));
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (count_at_most(double_at(middle)) >= wanted) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const double largest = 2 * std::max(-halves_.front(), halves_.back());
  const double average = double_at(low);
  return std::abs(average) <= kAverageRounding * std::abs(largest) ? 0 : average;
}

double WalshAverages::median() const {
  const double upper = at(count_ / 2);
  if (count_ % 2 != 0) return upper;
  const double lower = at(count_ / 2 - 1);
  return std::isfinite(lower) && std::isfinite(upper) ? lower / 2 + upper / 2 : lower + upper;
}

double WalshAverages::lower_end(std::int64_t critical_value) const {
  return critical_value > count_ ? -kInfinity : at(count_ - critical_value);
}

double WalshAverages::upper_end(std::int64_t critical_value) const {
  return critical_value > count_ ? kInfinity : at(critical_value - 1);
}

HodgesLehmann hodges_lehmann(std::span<const double> effects, double confidence) {
  if (!(confidence > 0 && confidence < 1)) {
    throw Error(fmt::format("confidence {}: expected a number between 0 and 1", confidence));
  }
  const WalshAverages averages(effects);
  SignedRankDistribution distribution;
  distribution.extend_to(static_cast<int>(effects.size()));
  const std::int64_t critical_value = distribution.critical_value((1 - confidence) / 2);
  return {.estimate = averages.median(),
          .interval = {averages.lower_end(critical_value), averages.upper_end(critical_value)},
          .critical_value = critical_value,
          .side_level = distribution.upper_tail(critical_value)};
}

}  // namespace assay::stats
