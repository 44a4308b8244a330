#pragma once

#include <vector>

#include "core/interval.hpp"
#include "core/metric.hpp"
#include "core/result/diagnostic.hpp"
#include "core/result/verdict.hpp"
#include "experiments/decide/comparison/comparison_state.hpp"

namespace assay::decide {

/// A metric that the change cannot touch, and whose whole interval lies beyond its margin.
struct MovedControl {
  Metric metric;
  double estimate = 0;  ///< on the metric's analysis scale
  Interval interval;
  double confidence = 0;  ///< of the interval
};

/// Each control metric of the comparison that is shown to have moved (docs/methods/diagnostics.md).
[[nodiscard]] std::vector<MovedControl> moved_controls(const ComparisonState& comparison);

/// Names the metric and the interval.
[[nodiscard]] Diagnostic confounded_diagnostic(const MovedControl& moved);

/// If a control metric moved, something else differs between the arms, and no verdict about the variable stands.
[[nodiscard]] MetricVerdict after_controls(const MetricVerdict& verdict, const ComparisonState& comparison);

}  // namespace assay::decide
