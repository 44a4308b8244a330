#include "experiments/formats/effect_json.hpp"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace assay::formats {
namespace {

using nlohmann::json;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNothingExpected = std::numeric_limits<double>::quiet_NaN();

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

const char* estimate_key(const Metric& metric) {
  return metric.kind == MetricKind::positive ? "percent" : "difference";
}

/// Where failed trials leave no bound, null cannot tell to which side: `unbounded` names what is not as one expects it,
/// a low end without bound below and a high one without bound above.
void note_side(json& target, const char* key, double value, double expected) {
  if (!target[key].is_null() || value == expected) return;
  target["unbounded"][key] = value > 0 ? "above" : "below";
}

double read_back(const Metric& metric, const Field& place, const char* key, double expected) {
  if (const std::optional<double> value = place.at(key).number_or_null()) return effect_of(metric, *value);
  const std::optional<Field> unbounded = place.find("unbounded");
  const std::optional<Field> side = unbounded ? unbounded->find(key) : std::nullopt;
  if (!side) {
    if (std::isnan(expected)) throw place.at(key).error("expected a number, or its side in \"unbounded\"");
    return expected;
  }
  return side->text() == "above" ? kInfinity : -kInfinity;
}

json ends_json(const Metric& metric, const Interval& interval) {
  json target = {{"low", shown(metric, interval.low)}, {"high", shown(metric, interval.high)}};
  note_side(target, "low", interval.low, -kInfinity);
  note_side(target, "high", interval.high, kInfinity);
  return target;
}

Interval ends_at(const Metric& metric, const Field& place) {
  return {read_back(metric, place, "low", -kInfinity), read_back(metric, place, "high", kInfinity)};
}

}  // namespace

json effect_json(const Metric& metric, const Effect& effect) {
  json target = ends_json(metric, effect.interval);
  target[estimate_key(metric)] = shown(metric, effect.estimate);
  if (metric.kind == MetricKind::positive) target["times_faster"] = times_better(metric, effect.estimate);
  note_side(target, estimate_key(metric), effect.estimate, kNothingExpected);
  target["confidence"] = effect.confidence;
  target["estimator"] = to_string(effect.estimator);
  target["p"] = effect.p ? json(*effect.p) : json(nullptr);
  if (effect.p_is_bound) target["p_bound"] = true;
  return target;
}

Effect effect_at(const Metric& metric, const Field& place) {
  Effect effect;
  effect.estimate = read_back(metric, place, estimate_key(metric), kNothingExpected);
  effect.interval = ends_at(metric, place);
  effect.confidence = place.at("confidence").number();
  effect.estimator = place.at("estimator").name_of<Estimator>();
  effect.p = place.at("p").number_or_null();
  if (const std::optional<Field> bound = place.find("p_bound")) effect.p_is_bound = bound->truth();
  return effect;
}

json equivalence_json(const Metric& metric, const EquivalenceInterval& equivalence) {
  json target = ends_json(metric, equivalence.interval);
  target["confidence"] = equivalence.confidence;
  return target;
}

EquivalenceInterval equivalence_at(const Metric& metric, const Field& place) {
  return {ends_at(metric, place), place.at("confidence").number()};
}

}  // namespace assay::formats
