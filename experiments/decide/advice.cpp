#include "experiments/decide/advice.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "stats/planner.hpp"
#include "stats/summary.hpp"

namespace assay::experiments {
namespace {

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

/// What the planner cannot express in an int is no advice.
std::optional<int> advisable(int blocks) {
  if (blocks == std::numeric_limits<int>::max()) return std::nullopt;
  return blocks;
}

}  // namespace

std::optional<SeenNoise> seen_noise(std::span<const double> effects, double autocorrelation_factor) {
  const auto finite =
      std::count_if(effects.begin(), effects.end(), [](double effect) { return std::isfinite(effect); });
  if (finite < 2) return std::nullopt;
  return SeenNoise{autocorrelation_factor * stats::estimate_tau(effects), static_cast<int>(effects.size())};
}

std::optional<int> blocks_for_margin(const Plan& plan, const MetricTest& test, const SeenNoise& noise) {
  const double rest = (1 - plan.protocol.kappa) * test.margin();
  if (!test.metric().margin || !is_a_size(rest)) return std::nullopt;
  return advisable(stats::blocks_to_detect(noise.tau, rest, planning_levels(plan, test)));
}

std::optional<int> blocks_for_guard(const Plan& plan, const MetricTest& test, const SeenNoise& noise) {
  if (!test.last_look() || !is_a_size(test.margin())) return std::nullopt;
  const double rest = test.margin() - std::max(0.0, test.last_look()->estimate);
  if (!is_a_size(rest)) return std::nullopt;
  return advisable(stats::blocks_to_show_equivalence(noise.tau, rest, planning_levels(plan, test)));
}

std::optional<double> detectable(const Plan& plan, const MetricTest& test, const SeenNoise& noise) {
  if (!test.metric().margin || !is_a_size(test.margin())) return std::nullopt;
  const double seen = stats::detectable_effect(noise.tau, noise.blocks, planning_levels(plan, test));
  if (!std::isfinite(seen)) return std::nullopt;
  return std::max(test.margin(), plan.protocol.kappa * test.margin() + seen);
}

std::optional<double> percent_of(const Metric& metric, double effect, const PairedSeries& series) {
  switch (metric.kind) {
    case MetricKind::positive:
      return percent_of_log_ratio(effect);
    case MetricKind::proportion:
      return 100 * effect;
    case MetricKind::difference:
      break;
  }
  const double median = series.control_values.empty() ? 0 : std::abs(stats::median(series.control_values));
  if (median == 0) return std::nullopt;
  return 100 * effect / median;
}

double seconds_per_block(std::span<const Block> blocks) {
  if (blocks.empty()) return 0;
  std::chrono::duration<double> sum{};
  for (const Block& block : blocks) {
    for (const Trial& trial : block.trials) sum += trial.usage.wall;
  }
  return sum.count() / static_cast<double>(blocks.size());
}

}  // namespace assay::experiments
