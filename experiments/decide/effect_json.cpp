#include "experiments/decide/effect_json.hpp"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace assay::experiments {
namespace {

using nlohmann::json;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// How large an effect is shown: percent where it is a ratio, as it is otherwise; null where it has no bound.
json shown(const Metric& metric, double effect) {
  if (!std::isfinite(effect)) return nullptr;
  const double value = metric.kind == MetricKind::positive ? percent_of_log_ratio(effect) : effect;
  return std::isfinite(value) ? json(value) : json(nullptr);
}

double effect_of(const Metric& metric, double shown_value) {
  return metric.kind == MetricKind::positive ? std::log1p(shown_value / 100) : shown_value;
}

/// How many times better treatment is: control / treatment where lower is better, the inverse where higher is.
json times_better(const Metric& metric, double log_ratio) {
  const double times = std::exp(metric.direction == Direction::lower ? -log_ratio : log_ratio);
  return std::isfinite(times) && times > 0 ? json(times) : json(nullptr);
}

json ends_json(const Metric& metric, const Interval& interval) {
  return {{"low", shown(metric, interval.low)}, {"high", shown(metric, interval.high)}};
}

Interval ends_at(const Metric& metric, const JsonPlace& place) {
  const std::optional<double> low = place.at("low").number_or_null();
  const std::optional<double> high = place.at("high").number_or_null();
  return {low ? effect_of(metric, *low) : -kInfinity, high ? effect_of(metric, *high) : kInfinity};
}

const char* estimate_key(const Metric& metric) {
  return metric.kind == MetricKind::positive ? "percent" : "difference";
}

}  // namespace

json effect_json(const Metric& metric, const Effect& effect) {
  json target = ends_json(metric, effect.interval);
  target[estimate_key(metric)] = shown(metric, effect.estimate);
  if (metric.kind == MetricKind::positive) target["times_faster"] = times_better(metric, effect.estimate);
  if (!std::isfinite(effect.estimate)) target["unbounded"] = effect.estimate > 0 ? "above" : "below";
  target["confidence"] = effect.confidence;
  target["estimator"] = effect.estimator;
  target["p"] = effect.p ? json(*effect.p) : json(nullptr);
  return target;
}

Effect effect_at(const Metric& metric, const JsonPlace& place) {
  Effect effect;
  if (const auto unbounded = place.find("unbounded")) {
    effect.estimate = unbounded->text() == "above" ? kInfinity : -kInfinity;
  } else {
    effect.estimate = effect_of(metric, place.at(estimate_key(metric)).number());
  }
  effect.interval = ends_at(metric, place);
  effect.confidence = place.at("confidence").number();
  effect.estimator = place.at("estimator").text();
  effect.p = place.at("p").number_or_null();
  return effect;
}

json equivalence_json(const Metric& metric, const EquivalenceInterval& equivalence) {
  json target = ends_json(metric, equivalence.interval);
  target["confidence"] = equivalence.confidence;
  return target;
}

EquivalenceInterval equivalence_at(const Metric& metric, const JsonPlace& place) {
  return {ends_at(metric, place), place.at("confidence").number()};
}

}  // namespace assay::experiments
