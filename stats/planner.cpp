#include "stats/planner.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "stats/distributions.hpp"
#include "stats/hodges_lehmann.hpp"

namespace assay::stats {
namespace {

/// The factor by which the cap must exceed the blocks of a single look for the same power, simulated for 80 %; see
/// docs/methods/planner.md.
struct Inflation {
  double cap;
  double at_5_percent;
  double at_1_percent;
};
constexpr std::array<Inflation, 7> kInflation{{{12, 1.11, 1.06},
                                               {20, 1.16, 1.12},
                                               {30, 1.22, 1.19},
                                               {60, 1.29, 1.25},
                                               {100, 1.34, 1.28},
                                               {200, 1.43, 1.36},
                                               {300, 1.44, 1.35}}};

/// Interpolates linearly in the logarithms of the cap and of alpha. Beyond the table its edge holds.
double inflation(double cap, double alpha) {
  const double share = std::clamp(std::log(alpha / 0.05) / std::log(0.01 / 0.05), 0.0, 1.0);
  const auto at_alpha = [&](const Inflation& row) {
    return row.at_5_percent + share * (row.at_1_percent - row.at_5_percent);
  };
  if (cap <= kInflation.front().cap) return at_alpha(kInflation.front());
  if (cap >= kInflation.back().cap) return at_alpha(kInflation.back());
  const auto* upper =
      std::find_if(kInflation.begin(), kInflation.end(), [&](const Inflation& row) { return row.cap > cap; });
  const auto* lower = upper - 1;
  const double place = std::log(cap / lower->cap) / std::log(upper->cap / lower->cap);
  return at_alpha(*lower) + place * (at_alpha(*upper) - at_alpha(*lower));
}

void check_share(const char* name, double share) {
  if (!(share > 0 && share < 1)) throw Error(fmt::format("{} {}: expected a number between 0 and 1", name, share));
}

void check(double tau, const PlanningLevels& levels) {
  if (!(tau >= 0) || !std::isfinite(tau)) throw Error(fmt::format("noise {}: expected a number of 0 or more", tau));
  check_share("alpha", levels.alpha);
  check_share("alpha of equivalence", levels.alpha_equivalence);
  check_share("power", levels.power);
}

/// The level of a one-sided test, and the chance that it shows what is there.
struct OneSidedTest {
  double side_level;
  double chance;
};

/// How many standard errors the effect must lie from 0 for that chance.
double deviations(const OneSidedTest& test) {
  const double sum = normal_upper_quantile(test.side_level) + normal_upper_quantile(1 - test.chance);
  if (!(sum > 0)) {
    throw Error(fmt::format("power {} at level {}: expected a power above the level", test.chance, test.side_level));
  }
  return sum;
}

/// With fewer blocks not even equal signs throughout reach the level: 2^-n > level.
double fewest_blocks(double side_level) {
  return std::ceil(-std::log2(side_level));
}

int whole_blocks(double blocks) {
  constexpr int largest = std::numeric_limits<int>::max();
  return blocks < largest ? static_cast<int>(std::ceil(blocks)) : largest;
}

/// The smallest cap N with N >= inflation(N) * fixed.
int sequential_blocks(double fixed, double alpha, double fewest) {
  // From 2^53 on doubles skip whole numbers, and the search would never end.
  constexpr int largest = std::numeric_limits<int>::max();
  if (!(fixed < largest)) return largest;
  double low = std::max(1.0, std::floor(fixed));
  double high = std::ceil(2 * fixed) + 1;  // no inflation reaches 2
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (middle >= inflation(middle, alpha) * fixed ? high : low) = middle;
  }
  return whole_blocks(std::max(low >= inflation(low, alpha) * fixed ? low : high, fewest));
}

double fixed_blocks(double tau, double distance, const OneSidedTest& test) {
  const double ratio = deviations(test) * tau / distance;
  return ratio * ratio;
}

OneSidedTest detection(const PlanningLevels& levels) {
  return {.side_level = levels.alpha / 2, .chance = levels.power};
}

/// The number of blocks with which a test with one look shows the same.
double blocks_of_one_look(int blocks, const PlanningLevels& levels) {
  if (blocks < 1) throw Error(fmt::format("{} blocks: expected 1 or more", blocks));
  return blocks / inflation(blocks, levels.alpha);
}

void check_effect(double effect) {
  if (effect == 0 || !std::isfinite(effect)) {
    throw Error(fmt::format("effect {}: expected a finite number other than 0", effect));
  }
}

}  // namespace

double estimate_tau(std::span<const double> effects) {
  std::vector<double> finite;
  std::copy_if(effects.begin(), effects.end(), std::back_inserter(finite),
               [](double effect) { return !std::isinf(effect); });
  if (finite.size() < 2) {
    throw Error(fmt::format("noise of block effects: {} finite effects, expected two or more", finite.size()));
  }
  constexpr double confidence = 0.9;
  HodgesLehmann shift = hodges_lehmann(finite, confidence);
  if (shift.side_level == 0) {
    // Too few for 90 %: the range is the interval at the level that equal signs attain.
    const auto [smallest, largest] = std::minmax_element(finite.begin(), finite.end());
    shift.interval = {.low = *smallest, .high = *largest};
    shift.side_level = std::exp2(-static_cast<double>(finite.size()));
  }
  return (shift.interval.high - shift.interval.low) / (2 * normal_upper_quantile(shift.side_level)) *
         std::sqrt(static_cast<double>(finite.size()));
}

int fixed_blocks_to_detect(double tau, double effect, const PlanningLevels& levels) {
  check(tau, levels);
  check_effect(effect);
  const OneSidedTest test = detection(levels);
  return whole_blocks(std::max(fixed_blocks(tau, effect, test), 1.0));
}

int blocks_to_detect(double tau, double effect, const PlanningLevels& levels) {
  check(tau, levels);
  check_effect(effect);
  const OneSidedTest test = detection(levels);
  return sequential_blocks(fixed_blocks(tau, effect, test), levels.alpha, fewest_blocks(test.side_level));
}

int blocks_to_show_equivalence(double tau, double margin, const PlanningLevels& levels) {
  check(tau, levels);
  if (!(margin > 0) || !std::isfinite(margin)) {
    throw Error(fmt::format("margin {}: expected a number above 0", margin));
  }
  // Both tests must reject, so each may miss with half the chance of missing.
  const OneSidedTest test{.side_level = levels.alpha_equivalence, .chance = (1 + levels.power) / 2};
  return sequential_blocks(fixed_blocks(tau, margin, test), 2 * levels.alpha_equivalence,
                           fewest_blocks(test.side_level));
}

double tau_of_interval(double half_width, int blocks, const PlanningLevels& levels) {
  check(half_width, levels);
  return half_width * std::sqrt(blocks_of_one_look(blocks, levels)) / normal_upper_quantile(levels.alpha / 2);
}

double half_width_of_interval(double tau, int blocks, const PlanningLevels& levels) {
  check(tau, levels);
  return normal_upper_quantile(levels.alpha / 2) * tau / std::sqrt(blocks_of_one_look(blocks, levels));
}

double detectable_effect(double tau, int blocks, const PlanningLevels& levels) {
  check(tau, levels);
  return deviations(detection(levels)) * tau / std::sqrt(blocks_of_one_look(blocks, levels));
}

}  // namespace assay::stats
