#pragma once

#include <limits>
#include <vector>

#include "core/metric.hpp"

namespace assay::decide {

/// A margin in percent of a control whose median is 0: the smallest number above 0, so that any difference counts.
inline constexpr double kForgivesNothing = std::numeric_limits<double>::min();

/// The margin on the analysis scale: ln(1 + margin) for a positive metric; for a difference or an exact value that
/// share of the median of control's values, or kForgivesNothing; points for a proportion.
[[nodiscard]] double margin_on_scale(const Metric& metric, const std::vector<double>& control_values);

}  // namespace assay::decide
