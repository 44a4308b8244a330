#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"

namespace assay::decide {

/// How many times better an arm is than control, block by block, as logarithms. Where trials failed, the blocks bound
/// the ratio only on one side or on none, so there are two series.
struct BetterEffects {
  std::vector<double> at_least;  ///< -infinity where nothing bounds it
  std::vector<double> at_most;   ///< infinity where nothing bounds it
  double step = 0;               ///< how far a coarse clock may have moved them (`effect_step`)
};

/// \param metric  index of a metric with values above 0
/// \param blocks  complete ones, from 1 without a gap
///
/// A trial of the arm that failed where control was measured is worse than anything. A control trial that timed out
/// bounds the ratio from below, if the metric is wall time: control takes longer than its limit. A block whose control
/// failed otherwise bounds nothing.
[[nodiscard]] BetterEffects better_effects(const Plan& plan, std::size_t metric, ArmIndex arm,
                                           std::span<const Block> blocks);

/// How far a clock or counter that moves in steps may have moved the effects between two arms, on the log scale: one
/// step, relative to the arm with the smaller values. 0 if the values show no step, or if each arm gave only one value.
/// \param control, other  logarithms of the values, block by block; NaN where there is none. Equally long.
[[nodiscard]] double effect_step(std::span<const double> control, std::span<const double> other);

/// The value of an arm in a block: the one trial's, or that of its inner trials together. NaN if a trial failed or has
/// no value above 0.
[[nodiscard]] double positive_value(const Plan& plan, std::size_t metric, const Block& block, ArmIndex arm);

}  // namespace assay::decide
