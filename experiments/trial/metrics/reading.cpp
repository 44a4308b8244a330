#include "experiments/trial/metrics/reading.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/trial/metrics/steady_values.hpp"
#include "experiments/trial/metrics/trial_statistic.hpp"

namespace assay::trial {
namespace {

using Json = nlohmann::json;

Reading number_of(std::string_view text) {
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) return fmt::format("\"{}\" is not a number", text);
  return value;
}

}  // namespace

Reading number_of(const nlohmann::json& value, const std::string& pointer, MetricKind kind) {
  if (value.is_number()) return value.get<double>();
  if (value.is_boolean() && kind == MetricKind::proportion) return value.get<bool>() ? 1.0 : 0.0;
  if (value.is_array()) {
    return fmt::format("{} is a list, not a number: say which statistic of it, for example statistic = \"p95\"",
                       pointer);
  }
  return fmt::format("{} is {}, not a number", pointer, value.is_null() ? "null" : value.type_name());
}

Reading statistic_of(const PlannedMetric& planned, const std::vector<Reading>& readings) {
  std::vector<double> values;
  for (const Reading& reading : readings) {
    const double* value = std::get_if<double>(&reading);
    if (value == nullptr) return reading;
    if (!std::isfinite(*value)) return fmt::format("{} is not finite", *value);
    values.push_back(*value);
  }
  if (!counts_steady_state(planned.metric)) return value_of_trial(*planned.metric.statistic, std::move(values));
  auto series = steady_series(planned.metric, planned.index, std::move(values));
  if (auto* kept = std::get_if<SteadySeries>(&series)) return std::move(*kept);
  return std::get<std::string>(std::move(series));
}

Reading statistic_of(const nlohmann::json& list, const std::string& pointer, const PlannedMetric& planned) {
  const Metric& metric = planned.metric;
  if (!list.is_array()) {
    return fmt::format("{} is {}, not the list of numbers that {} is of", pointer, list.type_name(),
                       to_string(*metric.statistic));
  }
  if (list.empty()) return fmt::format("the list at {} is empty", pointer);
  std::vector<Reading> readings;
  for (std::size_t at = 0; at < list.size(); ++at) {
    readings.push_back(number_of(list[at], fmt::format("{}/{}", pointer, at), metric.kind));
  }
  return statistic_of(planned, readings);
}

Reading matches_of(const RegularExpression& expression, const PlannedMetric& planned, std::string_view text,
                   std::string_view text_name) {
  std::vector<Reading> readings;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size());
    if (const auto group = expression.first_group(text.substr(0, length))) {
      readings.push_back(number_of(*group));
      if (!planned.metric.statistic) return readings.front();
    }
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  if (readings.empty()) return fmt::format("no line of {} matches", text_name);
  return statistic_of(planned, readings);
}

}  // namespace assay::trial
