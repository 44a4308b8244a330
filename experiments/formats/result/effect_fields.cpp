#include "experiments/formats/result/effect_fields.hpp"

#include <cmath>
#include <limits>
#include <string_view>

#include "experiments/formats/object.hpp"

namespace assay::formats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool is_ratio(const Metric& metric) {
  return metric.kind == MetricKind::positive;
}

ShownFigure finite(double value) {
  return std::isfinite(value) ? ShownFigure(value) : std::nullopt;
}

ShownFigure shown_figure(const Metric& metric, double effect) {
  if (!std::isfinite(effect)) return std::nullopt;
  return finite(is_ratio(metric) ? percent_of_log_ratio(effect) : effect);
}

double figure_of(const Metric& metric, double shown_value) {
  return is_ratio(metric) ? std::log1p(shown_value / 100) : shown_value;
}

/// Control / treatment where lower is better, the inverse where higher is.
ShownFigure times_better(const Metric& metric, double log_ratio) {
  const double times = std::exp(metric.direction == Direction::lower ? -log_ratio : log_ratio);
  return times > 0 ? finite(times) : std::nullopt;
}

UnboundedSide side_of(double value) {
  return value > 0 ? UnboundedSide::above : UnboundedSide::below;
}

const char* estimate_key(const Metric& metric) {
  return is_ratio(metric) ? "percent" : "difference";
}

ShownEnds shown_ends(const Metric& metric, const Interval& interval) {
  ShownEnds ends{shown_figure(metric, interval.low), shown_figure(metric, interval.high)};
  if (!ends.low && interval.low != -kInfinity) ends.unbounded["low"] = side_of(interval.low);
  if (!ends.high && interval.high != kInfinity) ends.unbounded["high"] = side_of(interval.high);
  return ends;
}

std::optional<double> side_named(const ShownEnds& ends, const char* key) {
  const auto side = ends.unbounded.find(key);
  if (side == ends.unbounded.end()) return std::nullopt;
  return side->second == UnboundedSide::above ? kInfinity : -kInfinity;
}

Interval interval_of(const Metric& metric, const ShownEnds& ends) {
  return {ends.low ? figure_of(metric, *ends.low) : side_named(ends, "low").value_or(-kInfinity),
          ends.high ? figure_of(metric, *ends.high) : side_named(ends, "high").value_or(kInfinity)};
}

constexpr std::string_view kUnboundedMeaning = "for each null whose side does not follow from its key";

}  // namespace

template <>
const Description& description_of<EffectFields>() {
  static const Description description =
      Object<EffectFields>("effect")
          .if_set<&EffectFields::percent>("percent", "the estimate of a positive metric, in percent of control")
          .if_set<&EffectFields::times_faster>("times_faster",
                                               "how many times better treatment is, for a positive metric: control / "
                                               "treatment if lower is better, otherwise treatment / control")
          .if_set<&EffectFields::difference>("difference", "the estimate of any other metric, in its unit")
          .always_in<&EffectFields::ends, &ShownEnds::low>("low", "end of the interval; null: none below")
          .always_in<&EffectFields::ends, &ShownEnds::high>("high", "end of the interval; null: none above")
          .unless_default_in<&EffectFields::ends, &ShownEnds::unbounded>("unbounded", kUnboundedMeaning)
          .always<&EffectFields::confidence>("confidence", "of the interval, over all looks together", kShare)
          .always<&EffectFields::estimator>("estimator", "how the effect was estimated")
          .always<&EffectFields::p>(
              "p", "sequential and two-sided, adjusted by Holm if several comparisons share alpha", kShare)
          .unless_default<&EffectFields::p_is_bound>("p_bound", "true: p is at most this");
  return description;
}

template <>
const Description& description_of<ShownEquivalence>() {
  static const Description description =
      Object<ShownEquivalence>("equivalence")
          .always_in<&ShownEquivalence::ends, &ShownEnds::low>("low", "end of the interval; null: none below")
          .always_in<&ShownEquivalence::ends, &ShownEnds::high>("high", "end of the interval; null: none above")
          .unless_default_in<&ShownEquivalence::ends, &ShownEnds::unbounded>("unbounded", kUnboundedMeaning)
          .always<&ShownEquivalence::confidence>("confidence", "1 - 2 alpha_equivalence", kShare);
  return description;
}

EffectFields as_shown(const Metric& metric, const Effect& effect) {
  EffectFields target{.ends = shown_ends(metric, effect.interval),
                      .confidence = effect.confidence,
                      .estimator = effect.estimator,
                      .p = effect.p,
                      .p_is_bound = effect.p_is_bound};
  const ShownFigure estimate = shown_figure(metric, effect.estimate);
  (is_ratio(metric) ? target.percent : target.difference) = estimate;
  if (is_ratio(metric)) target.times_faster = times_better(metric, effect.estimate);
  if (!estimate) target.ends.unbounded[estimate_key(metric)] = side_of(effect.estimate);
  return target;
}

ShownEquivalence as_shown(const Metric& metric, const EquivalenceInterval& equivalence) {
  return {shown_ends(metric, equivalence.interval), equivalence.confidence};
}

Effect effect_of(const Metric& metric, const EffectFields& effect, const Field& place) {
  const char* const key = estimate_key(metric);
  const Field stated = place.at(key);
  const ShownFigure estimate = (is_ratio(metric) ? effect.percent : effect.difference).value_or(std::nullopt);
  const std::optional<double> side = side_named(effect.ends, key);
  if (!estimate && !side) stated.fail("expected a number, or its side in \"unbounded\"");
  return {.estimate = estimate ? figure_of(metric, *estimate) : *side,
          .interval = interval_of(metric, effect.ends),
          .confidence = effect.confidence,
          .estimator = effect.estimator,
          .p = effect.p,
          .p_is_bound = effect.p_is_bound};
}

EquivalenceInterval equivalence_of(const Metric& metric, const ShownEquivalence& equivalence) {
  return {interval_of(metric, equivalence.ends), equivalence.confidence};
}

}  // namespace assay::formats
