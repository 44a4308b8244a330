#include "experiments/cli/unpaired.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/quantity.hpp"
#include "stats/reference/bootstrap.hpp"
#include "stats/reference/mann_whitney.hpp"
#include "stats/reference/student.hpp"
#include "stats/summary.hpp"

namespace assay::cli {
namespace {

using nlohmann::json;

constexpr std::size_t kFewestValues = 4;

std::vector<double> on_scale(std::span<const double> values, const UnpairedQuestion& question, const char* arm) {
  if (values.size() < kFewestValues) {
    throw Error(fmt::format("--unpaired: {} has {}; expected {} or more", arm,
                            report::count_text(static_cast<int>(values.size()), "value"), kFewestValues));
  }
  std::vector<double> scaled(values.begin(), values.end());
  if (question.metric.kind != MetricKind::positive) return scaled;
  for (double& value : scaled) {
    if (value <= 0) {
      throw Error(
          fmt::format("--unpaired: {} has the value {}: a positive metric is compared as a ratio, which needs "
                      "values above 0; see --kind difference",
                      arm, value));
    }
    value = std::log(value);
  }
  return scaled;
}

/// Of both arms: by how much the median of the second half differs from that of the first.
double between_halves(const stats::TwoSamples& samples) {
  double squares = 0;
  for (const std::span<const double> arm : {samples.control, samples.treatment}) {
    const std::size_t half = arm.size() / 2;
    const double difference = stats::median(arm.subspan(half)) - stats::median(arm.first(half));
    squares += difference * difference / 2;  // the variance of two values is half the square of their difference
  }
  return std::sqrt(squares / 2);
}

/// An effect in percent of control where the metric is positive, else in its unit.
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

}  // namespace

UnpairedResult compare_unpaired(const UnpairedValues& values, const UnpairedQuestion& question) {
  ASSAY_ASSERT(question.metric.kind != MetricKind::proportion);
  const std::vector<double> control = on_scale(values.control, question, "control");
  const std::vector<double> treatment = on_scale(values.treatment, question, "treatment");
  const stats::TwoSamples samples{.treatment = treatment, .control = control};
  const stats::MannWhitneyTest test = stats::mann_whitney_test(samples, stats::Alternative::two_sided);
  const stats::TTest welch = stats::welch_t_test(samples, stats::Alternative::two_sided);
  const auto medians = [](const stats::TwoSamples& drawn) {
    return stats::median(drawn.treatment) - stats::median(drawn.control);
  };
  const double confidence = 1 - question.alpha;
  UnpairedResult result;
  result.control = stats::summarise(values.control, 0);
  result.treatment = stats::summarise(values.treatment, 0);
  result.estimate = stats::hodges_lehmann_shift(samples);
  result.interval = stats::shift_interval(samples, confidence);
  result.p = test.p;
  result.exact = test.exact;
  result.welch_p = welch.p;
  result.welch_estimate = welch.estimate;
  result.welch_interval = welch.interval(confidence);
  result.bca_medians = stats::bca(samples, medians, confidence, {.seed = question.seed}).interval;
  result.between_halves = between_halves(samples);
  result.finding = test.p <= question.alpha ? Finding::difference : Finding::no_difference;
  return result;
}

std::string unpaired_text(const UnpairedResult& result, const UnpairedQuestion& question, std::string_view time_unit) {
  const Metric& metric = question.metric;
  const auto change = [&](double effect) { return report::effect_change_text(metric, effect, time_unit); };
  const auto interval = [&](const Interval& ends) { return report::effect_interval_text(metric, ends, time_unit); };
  const report::DisplayScale scale = report::scale_for(result.control.median, metric.unit, time_unit);
  std::string text = fmt::format("{} (p {:.2g}, {} Mann-Whitney test): {}, {} interval {}\n", to_string(result.finding),
                                 result.p, result.exact ? "exact" : "asymptotic", change(result.estimate),
                                 report::share_text(1 - question.alpha), interval(result.interval));
  text += fmt::format("{}\n", kOrderNotControlled);
  text += fmt::format("  control    {} values, median {}\n", result.control.count,
                      report::quantity_text(result.control.median, scale));
  text += fmt::format("  treatment  {} values, median {}\n", result.treatment.count,
                      report::quantity_text(result.treatment.median, scale));
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
  json document = unpaired_heading_json(question, result.finding);
  document["control"] = arm_json(result.control);
  document["treatment"] = arm_json(result.treatment);
  document["effect"] = effect;
  document["between_halves"] = effect_value(metric, result.between_halves);
  document["reference"] = {{"welch", welch}, {"bca_medians", interval_json(metric, result.bca_medians)}};
  return document;
}

json unpaired_heading_json(const UnpairedQuestion& question, Finding finding) {
  return {{"schema_version", 1},
          {"unit", question.metric.unit},
          {"direction", to_string(question.metric.direction)},
          {"command", "analyse"},
          {"design", "unpaired"},
          {"order_controlled", false},
          {"finding", to_string(finding)},
          {"notes", json::array({kOrderNotControlled})}};
}

}  // namespace assay::cli
