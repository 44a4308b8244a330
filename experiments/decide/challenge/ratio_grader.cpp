#include "experiments/decide/challenge/ratio_grader.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/trial_parts/built_in_metric.hpp"

namespace assay::decide {
namespace {

/// Low enough that an honest challenge is spoiled by it once in a thousand.
constexpr double kAlphaOfAgain = 0.001;
/// A claim is not confirmed if control was measured in fewer than three quarters of the blocks.
constexpr double kMeasuredControls = 0.75;

BoundsDesign design_of(const Plan& plan, const std::vector<int>& looks, double alpha, ArmIndex arm) {
  return {.looks = looks, .alpha = alpha, .seed = plan.seed.derive(Stream::signs, arm)};
}

std::optional<double> finite_ratio(double logarithm) {
  const double ratio = std::exp(logarithm);
  return std::isfinite(logarithm) && std::isfinite(ratio) ? std::optional(ratio) : std::nullopt;
}

MeasuredRange range_of(const Interval& bounds) {
  return {finite_ratio(bounds.low), finite_ratio(bounds.high)};
}

bool has_arm(const Plan& plan, ArmIndex arm) {
  return arm_count(plan) > arm;
}

/// How far an end of the interval lies from the estimate now, and how far it may lie so that there is a grade; both
/// without the step of a coarse clock, which stays.
struct Distances {
  double now = 0;
  double allowed = 0;
};

/// An interval's width falls with the square root of the number of blocks.
std::optional<int> blocks_needed(const Distances& distances, int blocks) {
  constexpr double kMost = 2000;  // more is no advice
  if (!std::isfinite(distances.now) || distances.allowed <= 0) return std::nullopt;
  const double needed = blocks * std::pow(distances.now / distances.allowed, 2);
  if (needed <= blocks || needed > kMost) return std::nullopt;
  return static_cast<int>(std::ceil(needed));
}

/// The logarithm of the ratio that separates the grades.
double decisive_ratio(const ClaimedEffect& effect) {
  if (const auto* ratio = std::get_if<ClaimedRatio>(&effect)) return std::log(confirming_ratio(ratio->ratio));
  return -std::log1p(std::get<ClaimedNotWorse>(effect).margin_percent / 100);
}

/// A planted delay is in the wall time that was measured; in other values it is planted by arithmetic.
void plant(const Plan& plan, const Metric& metric, BetterEffects& effects) {
  if (measures(metric, BuiltInMetric::wall)) return;
  const double change = std::log1p(plan.challenge->planted_percent / 100);
  for (double& effect : effects.at_least) effect -= change;
  for (double& effect : effects.at_most) effect -= change;
}

}  // namespace

void ArmBounds::look(const BetterEffects& effects, LookKind kind) {
  if (kind == LookKind::last) {
    low_.final_look(effects.at_least, effects.step);
    high_.final_look(effects.at_most, effects.step);
  } else {
    low_.look(effects.at_least, effects.step);
    high_.look(effects.at_most, effects.step);
  }
}

RatioGrader::RatioGrader(const Plan& plan, std::vector<int> looks)
    : plan_(plan),
      metric_(claimed_metric(plan)),
      claimed_(design_of(plan, looks, challenge_alpha_of(plan), kClaimedTreatment)),
      refuting_(design_of(plan, looks, kRefutingShare * challenge_alpha_of(plan), kClaimedTreatment)),
      again_(design_of(plan, looks, kAlphaOfAgain, kControlAgain)),
      planted_(design_of(plan, looks, kAlphaOfPlanted, kControlDelayed)) {
  result_.confidence = 1 - challenge_alpha_of(plan);
}

std::optional<Interval> RatioGrader::effect_bounds() const {
  if (!looked_) return std::nullopt;
  const Interval better = claimed_.bounds();
  if (plan_.metrics[metric_].direction == Direction::higher) return better;
  return Interval{-better.high, -better.low};
}

void RatioGrader::look_at_refutation(const BetterEffects& effects, LookKind kind) {
  if (kind == LookKind::last) {
    refuting_.final_look(effects.at_most, effects.step);
  } else {
    refuting_.look(effects.at_most, effects.step);
  }
}

void RatioGrader::look_at_controls(std::span<const Block> blocks, LookKind kind) {
  if (has_arm(plan_, kControlAgain)) {
    again_.look(better_effects(plan_, metric_, kControlAgain, blocks), kind);
    result_.again = range_of(again_.bounds());
  }
  if (has_arm(plan_, kControlDelayed)) {
    BetterEffects effects = better_effects(plan_, metric_, kControlDelayed, blocks);
    plant(plan_, plan_.metrics[metric_], effects);
    planted_.look(effects, kind);
    result_.planted = range_of(planted_.bounds());
    result_.planted_found = planted_.bounds().high < 0;
  }
}

Grade RatioGrader::grade_at(Moment moment) const {
  const Interval logarithms = claimed_.bounds();
  const Interval ratio{std::exp(logarithms.low), std::exp(logarithms.high)};
  const ClaimedEffect& effect = plan_.challenge->effect;
  if (const auto* claimed = std::get_if<ClaimedRatio>(&effect)) {
    return grade_ratio(claimed->ratio, {ratio, std::exp(refuting_.bounds().high)}, moment);
  }
  return grade_not_worse(std::get<ClaimedNotWorse>(effect).margin_percent, ratio);
}

/// "Refuted" says that there is no gain, and a confirmed "not worse" that there is no loss: both need blocks that could
/// have shown one.
bool RatioGrader::says_no_difference(Grade grade) const {
  const bool is_not_worse = std::holds_alternative<ClaimedNotWorse>(plan_.challenge->effect);
  return grade == Grade::refuted || (grade == Grade::confirmed && is_not_worse);
}

void RatioGrader::say(Grade grade, const BetterEffects& effects) {
  result_.grade = grade;
  result_.reason = grade == Grade::inconclusive ? GradeReason::noise : GradeReason::none;
  if (has_arm(plan_, kControlDelayed) && says_no_difference(grade) && !result_.planted_found) {
    result_.grade = Grade::inconclusive;
    result_.reason = GradeReason::plant_missed;
  }
  const auto unbounded = [&](std::size_t block) {
    return std::isinf(effects.at_least[block]) && effects.at_most[block] > 0 && std::isinf(effects.at_most[block]);
  };
  int without_control = 0;
  for (std::size_t block = 0; block < effects.at_least.size(); ++block) without_control += unbounded(block) ? 1 : 0;
  const double blocks = static_cast<double>(effects.at_least.size());
  if (result_.grade == Grade::confirmed && blocks - without_control < kMeasuredControls * blocks) {
    result_.grade = Grade::inconclusive;
    result_.reason = GradeReason::control_fails;
  }
  if (has_arm(plan_, kControlAgain) && (again_.bounds().low > 0 || again_.bounds().high < 0)) {
    result_.grade = Grade::invalid;
    result_.reason = GradeReason::control_differs;
  }
}

void RatioGrader::look(std::span<const Block> blocks, const GradingLook& look) {
  looked_ = true;
  const BetterEffects effects = better_effects(plan_, metric_, kClaimedTreatment, blocks);
  claimed_.look(effects, look.kind);
  look_at_refutation(effects, look.kind);
  look_at_controls(blocks, look.kind);
  const Interval bounds = claimed_.bounds();
  result_.blocks = static_cast<int>(blocks.size());
  result_.measured = range_of(bounds);
  result_.estimate = finite_ratio(claimed_.estimate());
  result_.largest_claim.reset();
  if (std::isfinite(bounds.low) && bounds.low > 0 && std::holds_alternative<ClaimedRatio>(plan_.challenge->effect)) {
    result_.largest_claim = confirmed_claim(std::exp(bounds.low));
  }
  say(grade_at(look.moment), effects);
  result_.blocks_needed.reset();
  if (result_.grade != Grade::inconclusive || !std::isfinite(claimed_.estimate())) return;
  const double decisive = decisive_ratio(plan_.challenge->effect);
  const double estimate = claimed_.estimate();
  const double step = claimed_.step();
  const Distances distances = estimate >= decisive
                                  ? Distances{estimate - bounds.low - step, estimate - decisive - step}
                                  : Distances{bounds.high - estimate - step, decisive - estimate - step};
  result_.blocks_needed = blocks_needed(distances, result_.blocks);
}

}  // namespace assay::decide
