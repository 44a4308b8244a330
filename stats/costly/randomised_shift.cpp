#include "stats/costly/randomised_shift.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "core/error.hpp"
#include "stats/interval.hpp"

namespace assay::stats {
namespace {

constexpr std::size_t kMostDivisions = std::size_t{1} << 20U;
constexpr double kTie = 1e-12;

/// What a division swaps between the arms, compared with the drawn one.
struct Swap {
  int failed = 0;  ///< failed trials that leave treatment, minus those that join it
  int finite = 0;  ///< other values that leave treatment
  double sum = 0;  ///< their sum, minus the sum of those that join
};

Swap both(const Swap& one, const Swap& other) {
  return {.failed = one.failed + other.failed, .finite = one.finite + other.finite, .sum = one.sum + other.sum};
}

/// The chosen values, either leaving treatment or joining it, which counts the other way.
Swap chosen(std::span<const double> values, unsigned choice) {
  Swap swap;
  for (std::size_t index = 0; index < values.size(); ++index) {
    if ((choice >> index & 1U) == 0) continue;
    if (std::isinf(values[index])) {
      ++swap.failed;
    } else {
      ++swap.finite;
      swap.sum += values[index];
    }
  }
  return swap;
}

/// Every division of one stratum. As many values leave treatment as join it.
std::vector<Swap> swaps_of(std::span<const double> control, std::span<const double> treatment) {
  const unsigned choices = 1U << control.size();
  std::vector<Swap> swaps;
  for (unsigned leaving = 0; leaving < choices; ++leaving) {
    const Swap out = chosen(treatment, leaving);
    for (unsigned coming = 0; coming < choices; ++coming) {
      if (std::popcount(coming) != std::popcount(leaving)) continue;
      const Swap in = chosen(control, coming);
      swaps.push_back({.failed = out.failed - in.failed, .finite = out.finite, .sum = out.sum - in.sum});
    }
  }
  return swaps;
}

std::vector<Swap> all_swaps(const StratifiedValues& values) {
  std::vector<Swap> all = {Swap{}};
  std::size_t first = 0;
  for (const int size : values.strata) {
    const auto length = static_cast<std::size_t>(size);
    const std::vector<Swap> here =
        swaps_of(values.control.subspan(first, length), values.treatment.subspan(first, length));
    if (all.size() * here.size() > kMostDivisions) throw Error("more than 2^20 divisions: expected 10 values an arm");
    std::vector<Swap> product;
    product.reserve(all.size() * here.size());
    for (const Swap& before : all) {
      for (const Swap& swap : here) product.push_back(both(before, swap));
    }
    all = std::move(product);
    first += length;
  }
  return all;
}

void check(const StratifiedValues& values) {
  constexpr int kLargestStratum = 10;
  int sum = 0;
  for (const int size : values.strata) {
    if (size < 1 || size > kLargestStratum) {
      throw Error(fmt::format("a stratum of {} values an arm: expected 1 to {}", size, kLargestStratum));
    }
    sum += size;
  }
  const auto length = static_cast<std::size_t>(sum);
  if (length == 0 || values.control.size() != length || values.treatment.size() != length) {
    throw Error(fmt::format("{} and {} values for strata of {}: expected as many", values.control.size(),
                            values.treatment.size(), length));
  }
  for (const std::span<const double> arm : {values.control, values.treatment}) {
    const bool bad = std::any_of(arm.begin(), arm.end(), [](double value) { return !(value > -kInfinity); });
    if (bad) throw Error("a value is not a number, or -infinity: expected finite ones, or infinity for a failed trial");
  }
}

/// Largest distance between two finite values, used to tell rounding from a difference.
double spread_of(const StratifiedValues& values) {
  double least = kInfinity;
  double most = -kInfinity;
  for (const std::span<const double> arm : {values.control, values.treatment}) {
    for (const double value : arm) {
      if (std::isinf(value)) continue;
      least = std::min(least, value);
      most = std::max(most, value);
    }
  }
  return most > least ? std::max({most - least, std::abs(most), std::abs(least)}) : 0;
}

double difference_of_means(const StratifiedValues& values) {
  const unsigned everyone = (1U << values.control.size()) - 1;
  const Swap control = chosen(values.control, everyone);
  const Swap treatment = chosen(values.treatment, everyone);
  if (control.failed != treatment.failed) return treatment.failed > control.failed ? kInfinity : -kInfinity;
  return control.finite == 0 ? 0 : (treatment.sum - control.sum) / control.finite;
}

/// The largest number of divisions that a test at this level may count.
std::int64_t most_counted(double level, std::size_t divisions) {
  return static_cast<std::int64_t>(std::floor(level * static_cast<double>(divisions) * (1 + kTie)));
}

}  // namespace

RandomisedShift::RandomisedShift(const StratifiedValues& values) {
  check(values);
  for (const Swap& swap : all_swaps(values)) {
    if (swap.failed != 0) {
      critical_.push_back(swap.failed > 0 ? kInfinity : -kInfinity);
    } else if (swap.finite > 0) {
      critical_.push_back(swap.sum / swap.finite);
    } else {
      ++ties_;
    }
  }
  std::sort(critical_.begin(), critical_.end());
  tolerance_ = kTie * spread_of(values);
  estimate_ = difference_of_means(values);
}

double RandomisedShift::p_below_zero() const {
  const auto first = std::lower_bound(critical_.begin(), critical_.end(), -tolerance_);
  const auto counted = static_cast<double>(critical_.end() - first) + static_cast<double>(ties_);
  return counted / (static_cast<double>(critical_.size()) + static_cast<double>(ties_));
}

double RandomisedShift::p_above_zero() const {
  const auto last = std::upper_bound(critical_.begin(), critical_.end(), tolerance_);
  const auto counted = static_cast<double>(last - critical_.begin()) + static_cast<double>(ties_);
  return counted / (static_cast<double>(critical_.size()) + static_cast<double>(ties_));
}

Interval RandomisedShift::interval(const SideLevels& levels) const {
  const std::size_t divisions = critical_.size() + ties_;
  const auto spare = [&](double level) { return most_counted(level, divisions) - static_cast<std::int64_t>(ties_); };
  Interval interval = kUnbounded;
  const std::int64_t above = spare(levels.above_zero);
  const std::int64_t below = spare(levels.below_zero);
  const auto size = static_cast<std::int64_t>(critical_.size());
  if (above >= 0 && above < size) interval.low = critical_[static_cast<std::size_t>(above)];
  if (below >= 0 && below < size) interval.high = critical_[static_cast<std::size_t>(size - 1 - below)];
  return interval;
}

}  // namespace assay::stats
