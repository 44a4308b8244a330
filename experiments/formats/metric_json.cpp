#include <nlohmann/json.hpp>

#include "experiments/formats/plan_parts.hpp"

namespace assay::formats {

using nlohmann::json;

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
  const std::string source = place.at("source").text();
  metric.source = parse_metric_source(source).value_or(BuiltInSource{source});
  metric.workloads = place.at("workloads").texts();
  if (const auto statistic = place.find("statistic")) metric.statistic = statistic->name_of<TrialStatistic>();
  return metric;
}

}  // namespace assay::formats
