#include "experiments/decide/comparison/advice.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>

#include "experiments/decide/blocks/diagnosis.hpp"
#include "stats/planner.hpp"
#include "stats/reference/proportion.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// More than this is a way of saying no, and not advice.
constexpr int kMostAdvisedBlocks = 1'000'000;
constexpr double kRounding = 1e-9;

stats::PlanningLevels planning_levels(const Plan& plan, const MetricTest& test) {
  const stats::SideLevels& sides = test.levels().sides;
  return {.alpha = sides.below_zero + sides.above_zero,
          .alpha_equivalence = test.levels().equivalence,
          .power = plan.protocol.power};
}

/// A margin of a metric whose control is 0 is no size to plan for.
bool is_a_size(double margin) {
  return margin > kForgivesNothing;
}

/// The standard deviation of one block's effect, which is 1, 0 or -1.
double deviation_of(const DiscordantCounts& counts) {
  const double worse = counts.treatment_worse;
  const double better = counts.control_worse;
  const double mean = (worse - better) / counts.blocks;
  return std::sqrt(std::max(0.0, (worse + better) / counts.blocks - mean * mean));
}

/// Blocks of which one look shows less than `margin` to have failed, if as large a share goes on to fail.
std::optional<int> blocks_for_share(stats::Share failed, double margin, double level) {
  const double share = static_cast<double>(failed.count) / failed.trials;
  const auto shows = [&](int blocks) {
    const int count = static_cast<int>(std::ceil(share * blocks - kRounding));
    return stats::clopper_pearson_upper({count, blocks}, 1 - level) < margin;
  };
  int enough = failed.trials;
  while (!shows(enough)) {
    if (enough > kMostAdvisedBlocks) return std::nullopt;
    enough *= 2;
  }
  int too_few = 0;
  while (enough - too_few > 1) {
    const int middle = std::midpoint(too_few, enough);
    (shows(middle) ? enough : too_few) = middle;
  }
  return enough;
}

/// What the planner cannot express in an int is no advice, nor are fewer blocks than were run and did not suffice.
std::optional<int> advisable(std::optional<int> blocks, const SeenNoise& noise) {
  if (!blocks || *blocks == std::numeric_limits<int>::max() || *blocks <= noise.blocks) return std::nullopt;
  return blocks;
}

/// What the last look's interval, before it was widened, says of the noise at least; 0 where nothing bounds it.
double noise_of_interval(const Plan& plan, const MetricTest& test) {
  const stats::Look look = *test.last_look();
  const double width = look.repeated.high - look.repeated.low;
  if (!std::isfinite(width)) return 0;
  const double half_width = std::max(0.0, width / 2 - test.resolution());
  return stats::tau_of_interval(half_width, look.blocks, planning_levels(plan, test));
}

/// The part of an effect of the margin's size that lies beyond kappa margins: all that blocks can show.
double beyond_kappa(const Plan& plan, const MetricTest& test) {
  return (1 - plan.protocol.kappa) * test.margin();
}

}  // namespace

std::optional<SeenNoise> seen_noise(const Plan& plan, const MetricTest& test, std::span<const double> effects,
                                    double autocorrelation_factor) {
  if (test.is_exact()) return std::nullopt;
  if (const std::optional<DiscordantCounts> counts = test.discordant(); counts && counts->blocks >= 2) {
    return SeenNoise{autocorrelation_factor * deviation_of(*counts), counts->blocks};
  }
  const auto finite =
      std::count_if(effects.begin(), effects.end(), [](double effect) { return std::isfinite(effect); });
  if (finite < 2) return std::nullopt;
  double tau = stats::estimate_tau(effects);
  // Ties draw the ends of the interval that the estimate rests on together, though there is noise.
  if (test.resolution() > 0) tau = std::max(tau, noise_of_interval(plan, test));
  return SeenNoise{autocorrelation_factor * tau, static_cast<int>(effects.size()), test.resolution()};
}

std::optional<int> blocks_for_margin(const Plan& plan, const MetricTest& test, const SeenNoise& noise) {
  const double rest = beyond_kappa(plan, test) - noise.resolution;
  if (!test.metric().margin || !is_a_size(rest)) return std::nullopt;
  return advisable(stats::blocks_to_detect(noise.tau, rest, planning_levels(plan, test)), noise);
}

std::optional<int> blocks_for_margin_of(const Plan& plan, const MetricTest& test, const Metric& other,
                                        const PairedSeries& series) {
  if (series.effects.size() < 2) return std::nullopt;
  const double rest = beyond_kappa(plan, test) - resolution_of(other, series, test.margin());
  const double tau = stats::estimate_tau(series.effects);
  if (!is_a_size(rest) || !(tau > 0)) return std::nullopt;
  const int blocks = stats::blocks_to_detect(tau, rest, planning_levels(plan, test));
  if (blocks > kMostAdvisedBlocks) return std::nullopt;
  return blocks;
}

std::optional<double> step_in_the_way(const Plan& plan, const MetricTest& test, const SeenNoise& noise) {
  const double rest = beyond_kappa(plan, test);
  if (!test.metric().margin || !is_a_size(rest) || noise.resolution < rest) return std::nullopt;
  return noise.resolution;
}

std::optional<int> blocks_for_guard(const Plan& plan, const MetricTest& test, const SeenNoise& noise) {
  if (const std::optional<DiscordantCounts> counts = test.discordant()) {
    return advisable(
        blocks_for_share({counts->treatment_worse, counts->blocks}, test.margin(), test.levels().equivalence), noise);
  }
  if (!test.last_look() || !is_a_size(test.margin())) return std::nullopt;
  const double rest = test.margin() - std::max(0.0, test.last_look()->estimate) - noise.resolution;
  if (!is_a_size(rest)) return std::nullopt;
  return advisable(stats::blocks_to_show_equivalence(noise.tau, rest, planning_levels(plan, test)), noise);
}

std::optional<double> detectable(const Plan& plan, const MetricTest& test, const SeenNoise& noise) {
  if (!test.metric().margin || !is_a_size(test.margin())) return std::nullopt;
  const double seen = stats::detectable_effect(noise.tau, noise.blocks, planning_levels(plan, test));
  if (!std::isfinite(seen)) return std::nullopt;
  return std::max(test.margin(), plan.protocol.kappa * test.margin() + noise.resolution + seen);
}

std::optional<double> percent_of(const Metric& metric, double effect, const PairedSeries& series) {
  switch (metric.kind) {
    case MetricKind::positive:
      return percent_of_log_ratio(effect);
    case MetricKind::proportion:
      return 100 * effect;
    case MetricKind::difference:
    case MetricKind::deterministic:
      break;
  }
  const double median = series.control_values.empty() ? 0 : std::abs(stats::median(series.control_values));
  if (median == 0) return std::nullopt;
  return 100 * effect / median;
}

double seconds_per_block(std::span<const Block> blocks, Design design) {
  if (blocks.empty()) return 0;
  std::chrono::duration<double> sum{};
  for (const Block& block : blocks) sum += measuring_time(block, design);
  return sum.count() / static_cast<double>(blocks.size());
}

}  // namespace assay::decide
