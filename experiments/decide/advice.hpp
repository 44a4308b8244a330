#pragma once

#include <optional>
#include <span>

#include "core/plan.hpp"
#include "core/result.hpp"
#include "experiments/decide/metric_test.hpp"
#include "experiments/decide/paired_series.hpp"

namespace assay::decide {

/// Noise of one block effect of a metric, as the planner takes it, and the blocks that it was seen in.
struct SeenNoise {
  double tau = 0;  ///< on the analysis scale
  int blocks = 0;
  double resolution = 0;  ///< by which intervals are widened, however many blocks there are; likewise
};

/// \param autocorrelation_factor  of the diagnosis: neighbouring blocks that resemble each other tell less.
/// Nothing below two blocks in which both trials were measured, and where the test knows its effect exactly.
[[nodiscard]] std::optional<SeenNoise> seen_noise(const Plan& plan, const MetricTest& test,
                                                  std::span<const double> effects, double autocorrelation_factor);

/// Blocks that show an effect of the margin's size with the plan's power, at this test's levels. Since the interval
/// must clear kappa * margin by the resolution, only the rest of the effect counts. Nothing at kappa 1, where there is
/// no margin, where nothing is left of it, and where as many blocks were run already: it is then no lack of blocks.
[[nodiscard]] std::optional<int> blocks_for_margin(const Plan& plan, const MetricTest& test, const SeenNoise& noise);

/// By what the values move, on the analysis scale, where that leaves nothing of the margin to be shown: then no number
/// of blocks shows an effect of its size.
[[nodiscard]] std::optional<double> step_in_the_way(const Plan& plan, const MetricTest& test, const SeenNoise& noise);

/// Blocks that show a guard to be within its margin, if the effect is what it was estimated to be, or treatment goes on
/// to fail as often as it did; nothing where it was estimated beyond, and where as many
/// blocks were run already.
[[nodiscard]] std::optional<int> blocks_for_guard(const Plan& plan, const MetricTest& test, const SeenNoise& noise);

/// The smallest effect that as many blocks show with the plan's power, on the analysis scale.
[[nodiscard]] std::optional<double> detectable(const Plan& plan, const MetricTest& test, const SeenNoise& noise);

/// In percent of control (a difference: of the median of control's values; points for a proportion).
[[nodiscard]] std::optional<double> percent_of(const Metric& metric, double effect, const PairedSeries& series);

/// Mean time of the trials of one block; 0 where none was timed.
[[nodiscard]] double seconds_per_block(std::span<const Block> blocks, Design design);

}  // namespace assay::decide
