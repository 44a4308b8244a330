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

struct CheckKindJson {
  json& target;

  void operator()(const CommandCheck& check) const {
    target["kind"] = "command";
    target["command"] = check.command;
  }
  void operator()(const SameOutputCheck& check) const {
    target["kind"] = "same-output";
    target["file"] = check.file;
  }
};

CheckKind check_kind_at(const JsonPlace& place) {
  const JsonPlace kind = place.at("kind");
  if (kind.text() == "command") return CommandCheck{place.at("command").texts()};
  if (kind.text() == "same-output") return SameOutputCheck{place.at("file").text()};
  throw kind.error("expected \"command\" or \"same-output\", not \"" + kind.text() + "\"");
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

json check_json(const Check& check) {
  json target = {{"name", check.name}, {"workloads", check.workloads}};
  std::visit(CheckKindJson{target}, check.kind);
  return target;
}

Check check_at(const JsonPlace& place) {
  return {place.at("name").text(), check_kind_at(place), place.at("workloads").texts()};
}

}  // namespace assay::experiments
