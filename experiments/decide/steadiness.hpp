#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result.hpp"
#include "core/variable.hpp"
#include "experiments/decide/rules/verdict_rule.hpp"

namespace assay::decide {

/// The block with the values of metrics that count the steady state taken from one and the same iteration on: the
/// latest at which any of its trials becomes steady, or the last quarter where one never does. Swapping the arms of a
/// block swaps their values and changes nothing else, so that tests by sign flips stay exact
/// (docs/methods/steady-state.md).
[[nodiscard]] Block with_common_steady_start(Block block);

/// What an arm's trials are, by a clear majority.
enum class ArmSeriesClass {
  flat,
  warm_up,
  slow_down,
  unsettled,     ///< more than a tenth of its trials, and two at least, never became steady
  inconsistent,  ///< no class has nine tenths of the trials
};
[[nodiscard]] ArmSeriesClass class_of(const ArmSteadiness& arm);

/// Of the trials of both arms; nothing where the metric does not count the steady state.
[[nodiscard]] std::optional<Steadiness> steadiness_of(const Plan& plan, std::size_t metric, ArmIndex treatment,
                                                      std::span<const Block> blocks);
/// Nothing rests on a steady state that is not there.
[[nodiscard]] bool has_steady_state(const std::optional<Steadiness>& steadiness);

/// What it makes of a verdict at its stop: improved and equivalent become inconclusive where an arm is unsettled.
/// Regressed stays: a treatment must not get around it by never becoming steady.
[[nodiscard]] MetricVerdict after_steadiness(const MetricVerdict& verdict, const std::optional<Steadiness>& steadiness);

/// Flagged where a reader should know: an arm is unsettled, inconsistent or a slow-down, or the arms differ in class.
[[nodiscard]] Diagnostic steadiness_diagnostic(const Metric& metric, const Steadiness& steadiness);

}  // namespace assay::decide
