#include "experiments/decide/comparison/moved_controls.hpp"

#include <cmath>

#include <fmt/format.h>

namespace assay::decide {
namespace {

/// "+12.3 %" of a ratio, "+0.031 s" of a difference.
std::string change_of_control(const Metric& metric, double effect) {
  if (!std::isfinite(effect)) return effect > 0 ? "any amount" : "-100 %";
  if (metric.kind == MetricKind::positive) return fmt::format("{:+.1f} %", 100 * std::expm1(effect));
  return fmt::format("{:+.4g}{}{}", effect, metric.unit.empty() ? "" : " ", metric.unit);
}

}  // namespace

std::vector<MovedControl> moved_controls(const ComparisonState& comparison) {
  std::vector<MovedControl> moved;
  for (const MetricTest& test : comparison.tests()) {
    if (test.metric().role != MetricRole::control) continue;
    const std::optional<Effect> effect = test.effect();
    if (!effect) continue;
    const bool is_beyond = effect->interval.low > test.margin() || effect->interval.high < -test.margin();
    if (is_beyond) moved.push_back({test.metric(), effect->estimate, effect->interval, effect->confidence});
  }
  return moved;
}

Diagnostic confounded_diagnostic(const MovedControl& moved) {
  const Metric& metric = moved.metric;
  Diagnostic diagnostic{.kind = DiagnosticKind::confounded, .flag = true, .statistic = moved.estimate};
  diagnostic.note = fmt::format(
      "{}, which the change cannot touch, moved by {} ({:.4g} % interval {} to {}), beyond its margin of {:.4g} %: "
      "something else than the variable differs between the arms",
      metric.name, change_of_control(metric, moved.estimate), 100 * moved.confidence,
      change_of_control(metric, moved.interval.low), change_of_control(metric, moved.interval.high),
      metric.margin ? metric.margin->value : 0);
  return diagnostic;
}

MetricVerdict after_controls(const MetricVerdict& verdict, const ComparisonState& comparison) {
  if (comparison.is_forced() || verdict.verdict == Verdict::invalid) return verdict;
  if (moved_controls(comparison).empty()) return verdict;
  return {Verdict::invalid, VerdictReason::confounded};
}

}  // namespace assay::decide
