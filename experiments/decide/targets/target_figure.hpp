#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/record/baseline.hpp"
#include "core/target.hpp"

namespace assay::decide {

/// Each bound of a target's figure is this confident by itself, so both together are 95 %.
inline constexpr double kTargetConfidence = 0.975;

/// The figure that a target limits, and what the trials say about its true value. An end that they do not bound is
/// empty: no number of trials bounds the largest value from above.
struct TargetFigure {
  double figure = 0;
  std::optional<double> low = {};
  std::optional<double> high = {};
  int trials = 0;  ///< measured
  friend bool operator==(const TargetFigure&, const TargetFigure&) = default;
};

/// The figure of an arm's measured trials of the target's workload and state; std::nullopt if there is none.
/// docs/methods/pipeline.md
[[nodiscard]] std::optional<TargetFigure> target_figure(const Plan& plan, const std::vector<Block>& blocks,
                                                        ArmIndex arm, const Target& target);
/// The same for a baseline, which has only control.
[[nodiscard]] std::optional<TargetFigure> target_figure(const Baseline& baseline, const Target& target);

/// Medians and quartiles are bounded by order statistics, means by Student's t. The smallest value bounds the true
/// smallest one from above, and the largest one from below. \param values  in any order, not empty
[[nodiscard]] TargetFigure figure_of_values(std::vector<double> values, Statistic statistic);

/// Whether a limit is kept, which only the bounds decide, never the figure.
enum class LimitStanding {
  met,
  missed,
  undecided,  ///< the interval contains the limit, or is open on the side that matters
};
[[nodiscard]] LimitStanding limit_standing(const TargetFigure& figure, Bound bound, double limit);

/// The last of a target's stages that is met; std::nullopt if none is.
[[nodiscard]] std::optional<double> stage_met(const TargetFigure& figure, const Target& target);

}  // namespace assay::decide

template <>
struct assay::EnumNames<assay::decide::LimitStanding> {
  static constexpr std::array<std::string_view, 3> values = {"met", "missed", "not-decidable"};
};
