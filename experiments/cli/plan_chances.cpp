#include "experiments/cli/plan_chances.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/assert.hpp"
#include "experiments/cli/simulation_options.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::cli {
namespace {

using nlohmann::json;
using planning::PlaySummary;

/// Shares are then known to 2 points, in seconds of computing.
constexpr int kPlayed = 500;

/// One comparison of the plan, at its levels.
Plan one_comparison(const Plan& plan, const decide::TestLevels& levels, const ExpectedNoise& noise) {
  constexpr double kMinute = 60;
  const Metric& metric = plan.metrics[primary_metric(plan)];
  Protocol protocol = plan.protocol;
  protocol.alpha = levels.sides.below_zero + levels.sides.above_zero;
  protocol.alpha_equivalence = levels.equivalence;
  protocol.claim = ClaimRule::any;  // a suite of one cell would be decided by the suite's test, and shown by the cell's
  // Values alone do not tell how long their trials took.
  const double together = protocol.design == Design::duet ? 1 : static_cast<double>(arm_count(plan));
  if (!protocol.look_every_block) protocol.look_every_block = noise.seconds_per_block >= kMinute * together;
  return design::value_plan({.id = "plan",
                             .control = "control",
                             .treatment = "treatment",
                             .metric = metric,
                             .protocol = protocol,
                             .seed = plan.seed});
}

/// Treatment's change that is `percent` better.
Percent shift_towards_better(const Metric& metric, double percent) {
  return metric.direction == Direction::higher ? Percent{percent} : Percent{100 * (1 / (1 + percent / 100) - 1)};
}

double share_of(const PlaySummary& summary, Verdict verdict) {
  return summary.shares.at(verdict);
}

std::optional<double> seconds_of(const Chances& chances, const Chance& chance) {
  if (!chances.seconds_per_block) return std::nullopt;
  return *chances.seconds_per_block * chance.summary.mean_blocks;
}

}  // namespace

std::string why_not_simulated(const Plan& plan) {
  const Metric& metric = plan.metrics[primary_metric(plan)];
  if (metric.kind != MetricKind::positive) {
    return fmt::format("the chances of a verdict are simulated for positive metrics, and {} is a {}", metric.name,
                       to_string(metric.kind));
  }
  if (plan.protocol.max_blocks == kNoCap) {
    return "the chances of a verdict are simulated up to a cap, and this plan has none: give --max-blocks";
  }
  const Design design = plan.protocol.design;
  const bool plain = (design == Design::blocks || design == Design::duet) && plan.protocol.inner == 1;
  if (plain) return "";
  return "the chances of a verdict are simulated for blocks of one trial of each arm, and this design has others";
}

Chances chances_of(const Plan& plan, const decide::TestLevels& levels, const ExpectedNoise& noise) {
  ASSAY_ASSERT(why_not_simulated(plan).empty());
  planning::Play play{.plan = one_comparison(plan, levels, noise), .noise = noise.noise, .shift = Percent{0}};
  const Metric& metric = play.plan.metrics.front();
  Chances chances{.noise = noise.name,
                  .seconds_per_block = noise.seconds_per_block,
                  .trials = kPlayed,
                  .of_effects = {},
                  .detectable_percent = std::nullopt};
  for (const double multiple : {0.0, 0.5, 1.0, 2.0, 3.0}) {
    const double percent = multiple * metric.margin->value;
    play.shift = shift_towards_better(metric, percent);
    const auto played = play_attempts(play, {.attempts = kPlayed, .threads = thread_count(std::nullopt)});
    chances.of_effects.push_back({percent, summarise(play, played)});
    const bool shown = share_of(chances.of_effects.back().summary, Verdict::improved) >= plan.protocol.power;
    if (shown && !chances.detectable_percent) chances.detectable_percent = percent;
  }
  return chances;
}

std::string chances_text(const Chances& chances) {
  std::string text = fmt::format("{:<11}of each verdict in one comparison, on {}, {} simulated trials each\n",
                                 "chances", chances.noise, chances.trials);
  text += fmt::format("  {:>9}  {:>8}  {:>9}  {:>10}  {:>12}  blocks (9 of 10 at most)\n", "better by", "improved",
                      "regressed", "equivalent", "inconclusive");
  for (const Chance& chance : chances.of_effects) {
    const PlaySummary& summary = chance.summary;
    text += fmt::format("  {:>7.3g} %  {:>6.1f} %  {:>7.1f} %  {:>8.1f} %  {:>10.1f} %  {:.1f} ({})",
                        chance.effect_percent, 100 * share_of(summary, Verdict::improved),
                        100 * share_of(summary, Verdict::regressed), 100 * share_of(summary, Verdict::equivalent),
                        100 * share_of(summary, Verdict::inconclusive), summary.mean_blocks, summary.p90_blocks);
    const std::optional<double> seconds = seconds_of(chances, chance);
    text += seconds ? fmt::format(", about {}\n", report::rough_duration_text(*seconds)) : "\n";
  }
  return text;
}

json chances_json(const Chances& chances) {
  json effects = json::array();
  for (const Chance& chance : chances.of_effects) {
    json shares = json::object();
    for (const auto& [verdict, share] : chance.summary.shares) shares[std::string(to_string(verdict))] = share;
    const std::optional<double> seconds = seconds_of(chances, chance);
    effects.push_back({{"better_by_percent", chance.effect_percent},
                       {"shares", shares},
                       {"blocks", {{"mean", chance.summary.mean_blocks}, {"p90", chance.summary.p90_blocks}}},
                       {"seconds", seconds ? json(*seconds) : json(nullptr)}});
  }
  return {{"noise", chances.noise},
          {"trials", chances.trials},
          {"seconds_per_block", chances.seconds_per_block ? json(*chances.seconds_per_block) : json(nullptr)},
          {"detectable_percent", chances.detectable_percent ? json(*chances.detectable_percent) : json(nullptr)},
          {"effects", effects}};
}

}  // namespace assay::cli
