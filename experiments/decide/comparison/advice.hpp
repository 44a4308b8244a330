#pragma once

#include <optional>
#include <span>

#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/decide/blocks/paired_series.hpp"
#include "experiments/decide/methods/metric_test.hpp"

namespace assay::decide {

/// The noise of one block effect of a metric, as the planner takes it, and the blocks in which it was seen.
struct SeenNoise {
  double tau = 0;  ///< on the analysis scale
  int blocks = 0;
  double resolution = 0;  ///< on the analysis scale: by which intervals are widened, however many blocks there are
};

/// \param autocorrelation_factor  of the diagnosis: neighbouring blocks that resemble each other show less.
/// Empty below two blocks in which both trials were measured, and if the test knows its effect exactly.
[[nodiscard]] std::optional<SeenNoise> seen_noise(const Plan& plan, const MetricTest& test,
                                                  std::span<const double> effects, double autocorrelation_factor);

/// Blocks that show an effect of the margin's size with the plan's power, at this test's levels. Since the interval
/// must clear kappa * margin by the resolution, only the rest of the effect counts. Empty at kappa 1, without a margin,
/// if nothing is left of it, and if as many blocks were run already: blocks are then not what is missing.
[[nodiscard]] std::optional<int> blocks_for_margin(const Plan& plan, const MetricTest& test, const SeenNoise& noise);

/// Blocks with which another metric of the same trials would show the margin of this test, by that metric's noise
/// alone. \param series  of the other metric, all finite. Empty if its values move in steps as large as what must be
/// shown.
[[nodiscard]] std::optional<int> blocks_for_margin_of(const Plan& plan, const MetricTest& test, const Metric& other,
                                                      const PairedSeries& series);

/// The step by which the values move, on the analysis scale, if it leaves nothing of the margin to be shown: no number
/// of blocks then shows an effect of that size.
[[nodiscard]] std::optional<double> step_in_the_way(const Plan& plan, const MetricTest& test, const SeenNoise& noise);

/// Blocks that show a guard to be within its margin, if the effect is what it was estimated to be, or if treatment goes
/// on failing as often as it did. Empty if it was estimated beyond the margin, and if as many blocks were run already.
[[nodiscard]] std::optional<int> blocks_for_guard(const Plan& plan, const MetricTest& test, const SeenNoise& noise);

/// The smallest effect that as many blocks show with the plan's power, on the analysis scale.
[[nodiscard]] std::optional<double> detectable(const Plan& plan, const MetricTest& test, const SeenNoise& noise);

/// An effect in percent of control; for a difference in percent of the median of control's values; points for a
/// proportion.
[[nodiscard]] std::optional<double> percent_of(const Metric& metric, double effect, const PairedSeries& series);

/// Mean time of the trials of one block; 0 if none was timed.
[[nodiscard]] double seconds_per_block(std::span<const Block> blocks, Design design);

}  // namespace assay::decide
