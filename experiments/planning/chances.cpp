#include "experiments/planning/chances.hpp"

#include "core/assert.hpp"
#include "experiments/design/value_plan.hpp"

namespace assay::planning {
namespace {

/// One comparison of the plan, at its levels.
Plan one_comparison(const Plan& plan, const decide::TestLevels& levels, const ExpectedNoise& noise) {
  constexpr double kMinute = 60;
  const Metric& metric = plan.metrics[primary_metric(plan)];
  Protocol protocol = plan.protocol;
  protocol.alpha = levels.sides.below_zero + levels.sides.above_zero;
  protocol.alpha_equivalence = levels.equivalence;
  protocol.claim = ClaimRule::any;  // a suite of one cell would be decided by the test of the suite
  // The values alone do not say how long their trials took.
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

}  // namespace

std::optional<Unplayable> why_not_simulated(const Plan& plan) {
  if (plan.metrics[primary_metric(plan)].kind != MetricKind::positive) return Unplayable::not_positive;
  if (plan.protocol.max_blocks == kNoCap) return Unplayable::no_cap;
  const Design design = plan.protocol.design;
  const bool plain = (design == Design::blocks || design == Design::duet) && plan.protocol.inner == 1;
  return plain ? std::nullopt : std::optional(Unplayable::design);
}

Chances chances_of(const Plan& plan, const decide::TestLevels& levels, const ExpectedNoise& noise,
                   const PlayCount& count) {
  ASSAY_ASSERT(!why_not_simulated(plan));
  Play play{.plan = one_comparison(plan, levels, noise), .noise = noise.noise, .shift = Percent{0}};
  const Metric& metric = play.plan.metrics.front();
  Chances chances{.noise = noise.name,
                  .seconds_per_block = noise.seconds_per_block,
                  .seconds_of_cells = noise.seconds_of_cells,
                  .trials = count.attempts,
                  .of_effects = {},
                  .detectable_percent = std::nullopt};
  for (const double multiple : {0.0, 0.5, 1.0, 2.0, 3.0}) {
    const double percent = multiple * metric.margin->value;
    play.shift = shift_towards_better(metric, percent);
    const auto played = play_attempts(play, count);
    Chance& chance = chances.of_effects.emplace_back();
    chance.effect_percent = percent;
    chance.summary = summarise(play, played);
    if (noise.seconds_per_block) chance.seconds = *noise.seconds_per_block * chance.summary.mean_blocks;
    const bool shown = chance.summary.shares.at(Verdict::improved) >= plan.protocol.power;
    if (shown && !chances.detectable_percent) chances.detectable_percent = percent;
  }
  return chances;
}

}  // namespace assay::planning
