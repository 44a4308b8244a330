#include "experiments/decide/blocks/margin.hpp"

#include <algorithm>
#include <cmath>

#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// An observed metric without a margin is shown with its interval only, but the test needs some margin all the same.
constexpr double kUnusedMargin = 1;

}  // namespace

double margin_on_scale(const Metric& metric, const std::vector<double>& control_values) {
  if (!metric.margin) return kUnusedMargin;
  const double share = metric.margin->fraction();
  double margin = share;
  if (metric.kind == MetricKind::positive) margin = std::log1p(share);
  if (metric.kind == MetricKind::difference || metric.kind == MetricKind::deterministic) {
    margin = control_values.empty() ? 0 : share * std::abs(stats::median(control_values));
  }
  return std::max(margin, kForgivesNothing);
}

}  // namespace assay::decide
