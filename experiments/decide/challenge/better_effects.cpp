#include "experiments/decide/challenge/better_effects.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/trial_parts/built_in_metric.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/blocks/inner_value.hpp"
#include "stats/diagnosis/resolution.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();
constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

/// The shortest limit that a trial of control ran into in this block, in seconds; nothing if none of them timed out.
std::optional<double> time_limit_hit(const Block& block) {
  std::optional<double> shortest;
  for (const Trial* trial : trials_of(block, kControl)) {
    const auto* const timed_out = std::get_if<TimedOut>(&trial->outcome);
    if (timed_out == nullptr) continue;
    const double limit = std::chrono::duration<double>(timed_out->limit).count();
    shortest = std::min(shortest.value_or(limit), limit);
  }
  return shortest;
}

double middle_of(std::span<const double> logarithms) {
  const std::vector<double> finite = stats::finite_values(logarithms);
  return finite.empty() ? kUnbounded : stats::median(finite);
}

}  // namespace

double effect_step(std::span<const double> control, std::span<const double> other) {
  const bool other_is_smaller = middle_of(other) < middle_of(control);
  const std::vector<double> effects(control.size());
  stats::BlockSeries series;
  series.effects = effects;
  series.control = other_is_smaller ? other : control;
  series.treatment = other_is_smaller ? control : other;
  return stats::step_of(series);
}

double positive_value(const Plan& plan, std::size_t metric, const Block& block, ArmIndex arm) {
  if (arm_failed(block, arm)) return kNoValue;
  std::vector<double> values;
  for (const Trial* trial : trials_of(block, arm)) {
    const std::optional<double>& value = trial->values[metric];
    if (!value || !std::isfinite(*value) || *value <= 0) return kNoValue;
    values.push_back(*value);
  }
  return values.empty() ? kNoValue : inner_value(values, plan.protocol.inner_statistic);
}

BetterEffects better_effects(const Plan& plan, std::size_t metric, ArmIndex arm, std::span<const Block> blocks) {
  const Metric& of = plan.metrics[metric];
  const double better = of.direction == Direction::lower ? -1 : 1;
  BetterEffects effects;
  std::vector<double> control_values;
  std::vector<double> other_values;
  const auto add = [&effects](double at_least, double at_most) {
    effects.at_least.push_back(at_least);
    effects.at_most.push_back(at_most);
  };
  for (const Block& block : blocks) {
    const double control = positive_value(plan, metric, block, kControl);
    const double other = positive_value(plan, metric, block, arm);
    control_values.push_back(std::log(control));
    other_values.push_back(std::log(other));
    if (block.losses > 0) {  // at its worst for either bound
      add(-kUnbounded, kUnbounded);
    } else if (!std::isnan(control) && !std::isnan(other)) {
      const double effect = better * std::log(other / control);
      add(effect, effect);
    } else if (!std::isnan(control)) {
      add(-kUnbounded, -kUnbounded);
    } else if (const auto limit = time_limit_hit(block);
               limit && measures(of, BuiltInMetric::wall) && !std::isnan(other)) {
      add(std::log(*limit / other), kUnbounded);
    } else {
      add(-kUnbounded, kUnbounded);
    }
  }
  effects.step = effect_step(control_values, other_values);
  return effects;
}

}  // namespace assay::decide
