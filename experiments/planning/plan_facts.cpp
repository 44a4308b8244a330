#include "experiments/planning/plan_facts.hpp"

#include <cmath>

#include "core/error.hpp"
#include "core/result/result.hpp"
#include "experiments/decide/levels/looks.hpp"
#include "experiments/design/schedule.hpp"
#include "stats/planner.hpp"

namespace assay::planning {
namespace {

constexpr int kOrdersShown = 10;

/// Converts a change in percent of control to the scale on which effects of the metric are compared, and back.
double on_scale(const Metric& metric, double percent) {
  return metric.kind == MetricKind::positive ? std::log1p(percent / 100) : percent / 100;
}
double percent_on_scale(const Metric& metric, double effect) {
  return metric.kind == MetricKind::positive ? percent_of_log_ratio(effect) : 100 * effect;
}

NoiseForecast forecast_of(const Plan& plan, const decide::TestLevels& levels, Percent noise) {
  const Metric& metric = plan.metrics[primary_metric(plan)];
  if (is_costly(plan.protocol.design)) throw Error("no forecast is made for a costly design");
  if (noise.value <= 0) throw Error("it must be above 0%");
  if (metric.kind == MetricKind::proportion) {
    throw Error(metric.name + " is a proportion, and the noise of a proportion follows from its share");
  }
  const stats::PlanningLevels planning{.alpha = levels.sides.below_zero + levels.sides.above_zero,
                                       .alpha_equivalence = levels.equivalence,
                                       .power = plan.protocol.power};
  // A block averages this many trials of each arm, each with its own noise. Inner trials share most of their noise, so
  // they count as one.
  const double trials = plan.protocol.design == Design::abba ? 2 : 1;
  const double tau = std::sqrt(2.0 / trials) * on_scale(metric, noise.value);
  const double margin_percent = metric.margin.value_or(Percent{0}).value;
  const double margin = on_scale(metric, margin_percent);
  const double to_clear = plan.protocol.kappa * margin;
  NoiseForecast forecast;
  forecast.noise = noise;
  const double seen = stats::detectable_effect(tau, plan.protocol.max_blocks, planning);
  forecast.detectable_percent = percent_on_scale(metric, std::max(margin, to_clear + seen));
  forecast.blocks_for_equivalence = stats::blocks_to_show_equivalence(tau, margin, planning);
  for (const double multiple : {1.0, 1.5, 2.0, 3.0, 5.0}) {
    const double percent = multiple * margin_percent;
    const double rest = on_scale(metric, percent) - to_clear;
    if (rest <= 0) continue;
    const int blocks = stats::blocks_to_detect(tau, rest, planning);
    // Larger effects still need as many blocks as it takes to show anything.
    if (!forecast.to_detect.empty() && forecast.to_detect.back().blocks == blocks) break;
    forecast.to_detect.push_back({percent, blocks});
  }
  return forecast;
}

}  // namespace

PlanFacts plan_facts(const Plan& plan, const std::optional<Percent>& noise) {
  PlanFacts facts;
  facts.counts = decide::test_counts(plan);
  facts.levels = plan.protocol.claim == ClaimRule::suite ? decide::suite_levels(plan, facts.counts)
                                                         : decide::primary_levels(plan, facts.counts);
  facts.looks = decide::looks_of(plan.protocol);
  const int trials = is_costly(plan.protocol.design) ? static_cast<int>(arm_count(plan)) : 1;
  for (int number = 1; number <= std::min(kOrdersShown, plan.protocol.max_blocks) * trials; ++number) {
    facts.first_orders.push_back(design::block_order(plan, 0, number));
  }
  const int arms = static_cast<int>(arm_count(plan));
  const std::vector<Cell> all = cells(plan);
  if (plan.protocol.max_blocks != kNoCap) {
    const int compared = static_cast<int>(decide::compared_cells(plan).size());
    const int confirmation = (is_race(plan) ? 2 : arms) * decide::most_fresh_blocks(plan);
    facts.most_trials = (arms * plan.protocol.max_blocks + confirmation) * rounds_per_block(plan.protocol) * compared;
  }
  if (facts.most_trials && !plan.groups.empty()) {
    facts.most_turns = *facts.most_trials / static_cast<int>(all.size()) * static_cast<int>(plan.groups.size());
  }
  for (const Cell& cell : all) {
    for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) facts.warmup_trials += state_of(plan, cell, arm).warmup;
  }
  if (noise) facts.forecast = forecast_of(plan, facts.levels, *noise);
  return facts;
}

}  // namespace assay::planning
