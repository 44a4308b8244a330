#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "core/result/verdict.hpp"
#include "core/variable.hpp"

namespace assay::decide {

/// The block with the values of metrics that count the steady state taken from the same iteration on: the latest at
/// which any of its trials becomes steady, or the last quarter if one never does. Swapping the arms of a block swaps
/// their values and changes nothing else, so that tests by sign flips stay exact (docs/methods/steady-state.md).
[[nodiscard]] Block with_common_steady_start(Block block);

/// The class of an arm's trials, by a clear majority.
enum class ArmSeriesClass {
  flat,
  warm_up,
  slow_down,
  unsettled,     ///< more than a tenth of its trials, and two at least, never became steady
  inconsistent,  ///< no class has nine tenths of the trials
};
[[nodiscard]] ArmSeriesClass class_of(const ArmSteadiness& arm);

/// How the trials of both arms behaved; empty if the metric does not count the steady state.
[[nodiscard]] std::optional<Steadiness> steadiness_of(const Plan& plan, std::size_t metric, ArmIndex treatment,
                                                      std::span<const Block> blocks);
/// False if an arm is unsettled. True for a metric that needs no steady state.
[[nodiscard]] bool has_steady_state(const std::optional<Steadiness>& steadiness);

/// A verdict at its stop after this check: improved and equivalent become inconclusive if an arm is unsettled.
/// Regressed stays, since a treatment must not avoid it by never becoming steady.
[[nodiscard]] MetricVerdict after_steadiness(const MetricVerdict& verdict, const std::optional<Steadiness>& steadiness);

/// Flagged if an arm is unsettled, inconsistent or a slow-down, or if the arms differ in class.
[[nodiscard]] Diagnostic steadiness_diagnostic(const Metric& metric, const Steadiness& steadiness);

}  // namespace assay::decide
