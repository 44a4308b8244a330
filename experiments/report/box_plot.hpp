#pragma once

#include <string>
#include <vector>

#include "core/result/result.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// The range that box plots beside each other share.
struct PlotScale {
  double low = 0;
  double high = 0;
};

/// From the smallest to the largest value of all arms, but at most three interquartile ranges beyond a box, so that one
/// stray trial does not flatten all boxes. Nothing is plotted if `high` is not above `low`.
[[nodiscard]] PlotScale plot_scale(const std::vector<ArmSummary>& arms);

/// What the marks of a plot mean.
[[nodiscard]] std::string plot_legend(const TextStyle& style);

/// "|---[==|===]-----|": whiskers to the extremes, a box from quartile to quartile, a bar at the median; "<" or ">"
/// where a whisker goes on beyond the scale. Exactly `columns` wide, at least 5.
[[nodiscard]] std::string box_plot(const ArmSummary& arm, const PlotScale& scale, int columns, const TextStyle& style);

}  // namespace assay::report
