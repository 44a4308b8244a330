#include "experiments/decide/metric_test.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/decide/diagnosis.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/signed_rank.hpp"
#include "stats/summary.hpp"

namespace assay::experiments {
namespace {

/// An observed metric without a margin is shown with its interval alone; the test needs some margin all the same.
constexpr double kUnusedMargin = 1;

/// Turned so that more is worse; a failed trial is worse than all.
std::vector<double> oriented_values(const Metric& metric, const std::vector<double>& values) {
  std::vector<double> oriented;
  for (const double value : values) {
    oriented.push_back(std::isnan(value) ? std::numeric_limits<double>::infinity() : worse_sign(metric) * value);
  }
  return oriented;
}

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
    begin();
  }
  std::vector<double> oriented = series.effects;
  for (double& effect : oriented) effect *= worse_sign(design_.metric);
  const double resolution = resolution_of(design_.metric, series, margin_);
  if (auto* anytime = std::get_if<stats::AnytimeTest>(&*test_)) {
    // Anytime evidence is as it is, whoever asked for the look.
    last_look_ = anytime->look(oriented, resolution);
    has_intervals_ = false;
    return;
  }
  if (auto* costly = std::get_if<stats::CostlyTest>(&*test_)) {
    const std::vector<double> control = oriented_values(design_.metric, series.control);
    const std::vector<double> treatment = oriented_values(design_.metric, series.treatment);
    const stats::CostlyValues values{.control = control, .treatment = treatment, .effects = oriented};
    last_look_ = kind == LookKind::last ? costly->final_look(values, resolution) : costly->look(values, resolution);
    return;
  }
  auto& test = std::get<stats::SequentialTest>(*test_);
  last_look_ = kind == LookKind::last ? test.final_look(oriented, resolution) : test.look(oriented, resolution);
}

void MetricTest::begin() {
  if (!design_.strata.empty()) {
    test_.emplace(stats::CostlyTest({.strata = design_.strata,
                                     .looks = static_cast<int>(design_.looks.size()),
                                     .alpha = design_.levels.sides,
                                     .alpha_equivalence = design_.levels.equivalence,
                                     .margin = margin_,
                                     .kappa = design_.kappa}));
    return;
  }
  if (design_.anytime) {
    test_.emplace(stats::AnytimeTest({.alpha = design_.levels.sides,
                                      .alpha_equivalence = design_.levels.equivalence,
                                      .margin = margin_,
                                      .kappa = design_.kappa}));
    return;
  }
  test_.emplace(stats::SequentialTest({.looks = design_.looks,
                                       .alpha = design_.levels.sides,
                                       .alpha_equivalence = design_.levels.equivalence,
                                       .margin = margin_,
                                       .kappa = design_.kappa,
                                       .seed = design_.seed}));
}

const std::optional<stats::Look>& MetricTest::last_look() const {
  if (last_look_ && !has_intervals_) {
    last_look_ = std::get<stats::AnytimeTest>(*test_).with_intervals(*last_look_);
    has_intervals_ = true;
  }
  return last_look_;
}

Verdict MetricTest::claim() const {
  return last_look_ ? verdict_at(*last_look_, margin_).verdict : Verdict::inconclusive;
}

void MetricTest::confirm(const PairedSeries& fresh) {
  if (!unreadable_) unreadable_ = fresh.unreadable;
  if (!can_tell() || fresh.effects.empty()) return;
  const double confidence = confidence_of(design_.levels.sides);
  const stats::HodgesLehmann shift = stats::hodges_lehmann(fresh.effects, confidence);
  const double resolution = resolution_of(design_.metric, fresh, margin_);
  confirmed_ = Effect{.estimate = shift.estimate,
                      .interval = {shift.interval.low - resolution, shift.interval.high + resolution},
                      .confidence = confidence,
                      .p = stats::signed_rank_test(fresh.effects, stats::Alternative::two_sided).p};
}

Interval MetricTest::turned(const Interval& interval) const {
  if (worse_sign(design_.metric) > 0) return interval;
  return {-interval.high, -interval.low};
}

MetricVerdict MetricTest::verdict() const {
  if (!last_look_) return {Verdict::inconclusive, VerdictReason::noise};
  const MetricVerdict shown = verdict_at(*last_look(), margin_);
  return confirmed_ ? after_confirmation(shown, turned(confirmed_->interval), design_.kappa * margin_) : shown;
}

std::optional<double> MetricTest::estimate() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? confirmed_->estimate : worse_sign(design_.metric) * last_look_->estimate;
}

std::optional<Interval> MetricTest::interval() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? confirmed_->interval : turned(last_look()->repeated);
}

Effect MetricTest::effect_of_looks() const {
  Effect effect;
  effect.estimate = worse_sign(design_.metric) * last_look_->estimate;
  effect.interval = turned(last_look()->repeated);
  effect.confidence = confidence_of(design_.levels.sides);
  if (!design_.strata.empty()) effect.estimator = "difference-of-means";
  effect.p = std::visit([](const auto& test) { return test.p_value(); }, *test_);
  return effect;
}

std::optional<Effect> MetricTest::effect() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? *confirmed_ : effect_of_looks();
}

std::optional<Effect> MetricTest::effect_at_stop() const {
  if (!can_tell() || !confirmed_) return std::nullopt;
  return effect_of_looks();
}

std::optional<EquivalenceInterval> MetricTest::equivalence() const {
  if (!can_tell() || !design_.metric.margin) return std::nullopt;
  return EquivalenceInterval{turned(last_look()->equivalence), 1 - 2 * design_.levels.equivalence};
}

}  // namespace assay::experiments
