#include "experiments/formats/metric_result_json.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "core/steady_series.hpp"
#include "experiments/formats/effect_json.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

const Metric& metric_named(const Plan& plan, const Field& place) {
  const std::string name = place.text();
  const auto found =
      std::find_if(plan.metrics.begin(), plan.metrics.end(), [&](const Metric& metric) { return metric.name == name; });
  if (found == plan.metrics.end()) throw place.error("the plan has no metric \"" + name + "\"");
  return *found;
}

/// Trials of each class, as the class is called everywhere.
json steadiness_json(const ArmSteadiness& arm) {
  return {{to_string(SeriesClass::flat), arm.flat},
          {to_string(SeriesClass::warm_up), arm.warm_up},
          {to_string(SeriesClass::slow_down), arm.slow_down},
          {to_string(SeriesClass::no_steady_state), arm.no_steady_state},
          {"median_start", arm.median_start}};
}

ArmSteadiness steadiness_at(const Field& place) {
  const auto trials = [&](SeriesClass of) { return place.at(to_string(of)).count(); };
  return {.flat = trials(SeriesClass::flat),
          .warm_up = trials(SeriesClass::warm_up),
          .slow_down = trials(SeriesClass::slow_down),
          .no_steady_state = trials(SeriesClass::no_steady_state),
          .median_start = place.at("median_start").number()};
}

}  // namespace

json arm_json(const ArmSummary& arm) {
  return {{"n", arm.count},
          {"failed", arm.failed},
          {"median", arm.median},
          {"mad", arm.mad},
          {"mean", arm.mean},
          {"standard_deviation", arm.standard_deviation},
          {"min", arm.minimum},
          {"lower_quartile", arm.lower_quartile},
          {"upper_quartile", arm.upper_quartile},
          {"max", arm.maximum}};
}

ArmSummary arm_at(const Field& place) {
  ArmSummary arm;
  arm.count = place.at("n").count();
  arm.failed = place.at("failed").count();
  arm.median = place.at("median").number();
  arm.mad = place.at("mad").number();
  arm.mean = place.at("mean").number();
  arm.standard_deviation = place.at("standard_deviation").number();
  arm.minimum = place.at("min").number();
  arm.lower_quartile = place.at("lower_quartile").number();
  arm.upper_quartile = place.at("upper_quartile").number();
  arm.maximum = place.at("max").number();
  return arm;
}

json metric_result_json(const MetricResult& result) {
  const Metric& metric = result.metric;
  json target = {{"name", metric.name},
                 {"unit", metric.unit},
                 {"kind", to_string(metric.kind)},
                 {"role", to_string(metric.role)},
                 {"direction", to_string(metric.direction)},
                 {"verdict", to_string(result.verdict)},
                 {"verdict_reason", to_string(result.reason)},
                 {"control", arm_json(result.control)},
                 {"treatment", arm_json(result.treatment)},
                 {"not_worse", result.not_worse}};
  target["margin_percent"] = metric.margin ? json(metric.margin->value) : json(nullptr);
  target["effect"] = result.effect ? effect_json(metric, *result.effect) : json(nullptr);
  if (result.effect_at_stop) target["effect_at_stop"] = effect_json(metric, *result.effect_at_stop);
  target["equivalence"] = result.equivalence ? equivalence_json(metric, *result.equivalence) : json(nullptr);
  if (metric.role == MetricRole::observed) target["exploratory"] = true;
  if (result.guard != GuardStatus::not_a_guard) target["guard"] = to_string(result.guard);
  if (result.blocks_needed) target["blocks_needed"] = *result.blocks_needed;
  if (result.steadiness) {
    target["steadiness"] = {{"control", steadiness_json(result.steadiness->control)},
                            {"treatment", steadiness_json(result.steadiness->treatment)}};
  }
  return target;
}

MetricResult metric_result_at(const Plan& plan, const Field& place) {
  MetricResult result;
  result.metric = metric_named(plan, place.at("name"));
  const Metric& metric = result.metric;
  result.verdict = place.at("verdict").name_of<Verdict>();
  result.reason = place.at("verdict_reason").name_of<VerdictReason>();
  result.control = arm_at(place.at("control"));
  result.treatment = arm_at(place.at("treatment"));
  result.not_worse = place.at("not_worse").truth();
  if (const Field effect = place.at("effect"); !effect.is_null()) result.effect = effect_at(metric, effect);
  if (const auto effect = place.find("effect_at_stop")) result.effect_at_stop = effect_at(metric, *effect);
  if (const Field equivalence = place.at("equivalence"); !equivalence.is_null()) {
    result.equivalence = equivalence_at(metric, equivalence);
  }
  if (const auto guard = place.find("guard")) result.guard = guard->name_of<GuardStatus>();
  if (const auto blocks = place.find("blocks_needed")) result.blocks_needed = blocks->count();
  if (const auto steadiness = place.find("steadiness")) {
    result.steadiness =
        Steadiness{steadiness_at(steadiness->at("control")), steadiness_at(steadiness->at("treatment"))};
  }
  return result;
}

json diagnostic_json(const Diagnostic& diagnostic) {
  json target = {{"name", to_string(diagnostic.kind)}, {"flag", diagnostic.flag}, {"note", diagnostic.note}};
  // A statistic without a bound (a share of nothing) is no number of JSON's.
  target["statistic"] = std::isfinite(diagnostic.statistic) ? json(diagnostic.statistic) : json(nullptr);
  target["p"] = diagnostic.p ? json(*diagnostic.p) : json(nullptr);
  return target;
}

Diagnostic diagnostic_at(const Field& place) {
  Diagnostic diagnostic;
  diagnostic.kind = place.at("name").name_of<DiagnosticKind>();
  diagnostic.flag = place.at("flag").truth();
  diagnostic.note = place.at("note").text();
  diagnostic.statistic = place.at("statistic").number_or_null().value_or(std::numeric_limits<double>::infinity());
  diagnostic.p = place.at("p").number_or_null();
  return diagnostic;
}

json check_result_json(const CheckResult& check) {
  return {{"name", check.name},
          {"passed", check.passed},
          {"failed_trials", {{"control", check.failed_control}, {"treatment", check.failed_treatment}}},
          {"detail", check.detail}};
}

CheckResult check_result_at(const Field& place) {
  const Field failed = place.at("failed_trials");
  return {place.at("name").text(), place.at("passed").truth(), failed.at("control").count(),
          failed.at("treatment").count(), place.at("detail").text()};
}

}  // namespace assay::formats
