#include <nlohmann/json.hpp>

#include "experiments/design/plan_parts.hpp"

namespace assay::experiments {
namespace {

using nlohmann::json;

/// Reads what core's `to_string(MetricSource)` wrote.
MetricSource source_of(const std::string& text) {
  const auto after = [&](std::string_view prefix) { return text.substr(prefix.size()); };
  if (text.starts_with("json:")) return JsonSource{after("json:")};
  if (text.starts_with("regex:")) return RegexSource{after("regex:")};
  if (text.starts_with("file-size:")) return FileSizeSource{after("file-size:")};
  return BuiltInSource{text};
}

}  // namespace

json metric_json(const Metric& metric) {
  json target = {{"name", metric.name},
                 {"unit", metric.unit},
                 {"direction", to_string(metric.direction)},
                 {"kind", to_string(metric.kind)},
                 {"role", to_string(metric.role)},
                 {"margin_is_default", metric.margin_is_default},
                 {"source", to_string(metric.source)},
                 {"workloads", metric.workloads}};
  if (metric.margin) target["margin_percent"] = metric.margin->value;
  if (metric.statistic) target["statistic"] = to_string(*metric.statistic);
  return target;
}

Metric metric_at(const JsonPlace& place) {
  Metric metric;
  metric.name = place.at("name").text();
  metric.unit = place.at("unit").text();
  metric.direction = place.at("direction").name_of<Direction>();
  metric.kind = place.at("kind").name_of<MetricKind>();
  metric.role = place.at("role").name_of<MetricRole>();
  if (const auto margin = place.find("margin_percent")) metric.margin = Percent{margin->number()};
  metric.margin_is_default = place.at("margin_is_default").truth();
  metric.source = source_of(place.at("source").text());
  metric.workloads = place.at("workloads").texts();
  if (const auto statistic = place.find("statistic")) metric.statistic = statistic->name_of<TrialStatistic>();
  return metric;
}

}  // namespace assay::experiments
