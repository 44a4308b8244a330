#pragma once

#include <span>
#include <vector>

#include "core/interval.hpp"
#include "core/metric.hpp"

namespace assay::decide {

// Tests see effects that are oriented: above 0 is worse. Results show them as they were measured.

/// +1 if higher values are worse, -1 if lower ones are: effects times this are positive if treatment is worse.
[[nodiscard]] double worse_sign(const Metric& metric);

[[nodiscard]] std::vector<double> oriented_effects(const Metric& metric, std::span<const double> effects);

/// One arm's values, turned so that more is worse. A failed trial, NaN, is worse than all: infinity.
[[nodiscard]] std::vector<double> oriented_values(const Metric& metric, std::span<const double> values);

/// An interval of oriented effects as measured, or one as measured turned to oriented: both are the same turn.
[[nodiscard]] Interval turned(const Metric& metric, const Interval& interval);

}  // namespace assay::decide
