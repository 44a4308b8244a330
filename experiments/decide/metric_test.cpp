#include "experiments/decide/metric_test.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/decide/diagnosis.hpp"
#include "stats/summary.hpp"

namespace assay::experiments {
namespace {

/// An observed metric without a margin is shown with its interval alone; the test needs some margin all the same.
constexpr double kUnusedMargin = 1;

}  // namespace

double margin_on_scale(const Metric& metric, const std::vector<double>& control_values) {
  if (!metric.margin) return kUnusedMargin;
  const double share = metric.margin->fraction();
  double margin = share;
  if (metric.kind == MetricKind::positive) margin = std::log1p(share);
  if (metric.kind == MetricKind::difference) {
    margin = control_values.empty() ? 0 : share * std::abs(stats::median(control_values));
  }
  return std::max(margin, kForgivesNothing);
}

void MetricTest::look(const PairedSeries& series, LookKind kind) {
  if (!unreadable_) unreadable_ = series.unreadable;
  if (unreadable_ || series.effects.empty()) return;
  if (!test_) {
    margin_ = margin_on_scale(design_.metric, series.control_values);
    test_.emplace(stats::SequentialDesign{.looks = design_.looks,
                                          .alpha = design_.levels.sides,
                                          .alpha_equivalence = design_.levels.equivalence,
                                          .margin = margin_,
                                          .kappa = design_.kappa,
                                          .seed = design_.seed});
  }
  std::vector<double> oriented = series.effects;
  for (double& effect : oriented) effect *= worse_sign(design_.metric);
  const double resolution = resolution_of(design_.metric, series, margin_);
  last_look_ = kind == LookKind::last ? test_->final_look(oriented, resolution) : test_->look(oriented, resolution);
}

Interval MetricTest::as_measured(const Interval& oriented) const {
  if (worse_sign(design_.metric) > 0) return oriented;
  return {-oriented.high, -oriented.low};
}

std::optional<double> MetricTest::estimate() const {
  if (!can_tell()) return std::nullopt;
  return worse_sign(design_.metric) * last_look_->estimate;
}

std::optional<Interval> MetricTest::interval() const {
  if (!can_tell()) return std::nullopt;
  return as_measured(last_look_->repeated);
}

std::optional<Effect> MetricTest::effect() const {
  if (!can_tell()) return std::nullopt;
  Effect effect;
  effect.estimate = *estimate();
  effect.interval = *interval();
  effect.confidence = confidence_of(design_.levels.sides);
  effect.p = test_->p_value();
  return effect;
}

std::optional<EquivalenceInterval> MetricTest::equivalence() const {
  if (!can_tell() || !design_.metric.margin) return std::nullopt;
  return EquivalenceInterval{as_measured(last_look_->equivalence), 1 - 2 * design_.levels.equivalence};
}

}  // namespace assay::experiments
