#include "experiments/report/interop/unpaired_text.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/report/effect_text.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

using interop::Finding;
using interop::kOrderNotControlled;
using interop::SharesTest;
using interop::UnpairedQuestion;
using interop::UnpairedResult;
using interop::UnpairedShares;
using nlohmann::json;

/// An effect in percent of control if the metric is positive, else in the unit of the metric.
json effect_value(const Metric& metric, double effect) {
  if (!std::isfinite(effect)) return nullptr;
  return metric.kind == MetricKind::positive ? percent_of_log_ratio(effect) : effect;
}

json interval_json(const Metric& metric, const Interval& interval) {
  return {{"low", effect_value(metric, interval.low)}, {"high", effect_value(metric, interval.high)}};
}

json arm_json(const ArmSummary& arm) {
  return {{"n", arm.count}, {"median", arm.median}, {"mad", arm.mad}, {"mean", arm.mean}};
}

double rate_of(const stats::Share& share) {
  return static_cast<double>(share.count) / share.trials;
}

json arm_json(const stats::Share& share) {
  return {{"n", share.trials}, {"count", share.count}, {"share", rate_of(share)}};
}

std::string arm_text(const stats::Share& share) {
  return fmt::format("{} of {} ({:.1f} %)", share.count, share.trials, 100 * rate_of(share));
}

/// The beginning of every document about unpaired values.
json heading_json(const UnpairedQuestion& question, Finding finding) {
  return {{"schema_version", 1},
          {"unit", question.metric.unit},
          {"direction", to_string(question.metric.direction)},
          {"command", "analyse"},
          {"design", "unpaired"},
          {"order_controlled", false},
          {"finding", to_string(finding)},
          {"notes", json::array({kOrderNotControlled})}};
}

}  // namespace

std::string unpaired_text(const UnpairedResult& result, const UnpairedQuestion& question, std::string_view time_unit) {
  const Metric& metric = question.metric;
  const auto change = [&](double effect) { return effect_change_text(metric, effect, time_unit); };
  const auto interval = [&](const Interval& ends) {
    return effect_interval_text(metric, ends, {.time_unit = time_unit});
  };
  const DisplayScale scale = scale_for(result.control.median, metric.unit, time_unit);
  std::string text = fmt::format("{} (p {:.2g}, {} Mann-Whitney test): {}, {} interval {}\n", to_string(result.finding),
                                 result.p, result.exact ? "exact" : "asymptotic", change(result.estimate),
                                 share_text(1 - question.alpha), interval(result.interval));
  text += fmt::format("{}\n", kOrderNotControlled);
  text += fmt::format("  control    {} values, median {}\n", result.control.count,
                      quantity_text(result.control.median, scale));
  text += fmt::format("  treatment  {} values, median {}\n", result.treatment.count,
                      quantity_text(result.treatment.median, scale));
  text += fmt::format("  an arm's halves differ by a standard deviation of {}\n", change(result.between_halves));
  text += fmt::format("for reference\n  Welch's test      {}, interval {}, p {:.2g}\n", change(result.welch_estimate),
                      interval(result.welch_interval), result.welch_p);
  return text + fmt::format("  medians, BCa      interval {}\n", interval(result.bca_medians));
}

json unpaired_json(const UnpairedResult& result, const UnpairedQuestion& question) {
  const Metric& metric = question.metric;
  json effect = interval_json(metric, result.interval);
  effect["estimate"] = effect_value(metric, result.estimate);
  effect["scale"] = metric.kind == MetricKind::positive ? "percent" : "unit";
  effect["confidence"] = 1 - question.alpha;
  effect["estimator"] = "hodges-lehmann-shift";
  effect["p"] = result.p;
  effect["exact"] = result.exact;
  json welch = interval_json(metric, result.welch_interval);
  welch["estimate"] = effect_value(metric, result.welch_estimate);
  welch["p"] = result.welch_p;
  json document = heading_json(question, result.finding);
  document["control"] = arm_json(result.control);
  document["treatment"] = arm_json(result.treatment);
  document["effect"] = effect;
  document["between_halves"] = effect_value(metric, result.between_halves);
  document["reference"] = {{"welch", welch}, {"bca_medians", interval_json(metric, result.bca_medians)}};
  return document;
}

std::string unpaired_shares_text(const UnpairedShares& result, const UnpairedQuestion& question) {
  const Metric& metric = question.metric;
  const char* const test = result.test == SharesTest::boschloo ? "Boschloo's" : "Fisher's";
  return fmt::format("{} (p {:.2g}, {} exact test): {}, {} interval {}\n{}\n  control    {}\n  treatment  {}\n",
                     to_string(result.finding), result.p, test, effect_change_text(metric, result.estimate),
                     share_text(1 - question.alpha), effect_interval_text(metric, result.interval), kOrderNotControlled,
                     arm_text(result.shares.control), arm_text(result.shares.treatment));
}

json unpaired_shares_json(const UnpairedShares& result, const UnpairedQuestion& question) {
  json document = heading_json(question, result.finding);
  document["control"] = arm_json(result.shares.control);
  document["treatment"] = arm_json(result.shares.treatment);
  document["effect"] = {{"estimate", result.estimate},
                        {"low", result.interval.low},
                        {"high", result.interval.high},
                        {"scale", "share"},
                        {"confidence", 1 - question.alpha},
                        {"estimator", "share-difference"},
                        {"p", result.p},
                        {"exact", true},
                        {"test", to_string(result.test)}};
  return document;
}

}  // namespace assay::report
