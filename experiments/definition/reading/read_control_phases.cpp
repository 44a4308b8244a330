#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/definition/reading/readers.hpp"

namespace assay::definition {
namespace {

std::string name_of_control(const std::string& phase) {
  return "phase " + phase;
}

Metric control_metric(const std::string& phase, const std::optional<Percent>& margin) {
  Metric metric;
  metric.name = name_of_control(phase);
  metric.unit = "s";
  metric.role = MetricRole::control;
  metric.margin = margin;
  metric.source = SpanSource{SpanFigure::duration, phase};
  return metric;
}

/// The margin of the primary metric; empty if there is no such metric, a mistake that is reported elsewhere.
std::optional<Percent> margin_of_primary(const std::vector<Metric>& metrics) {
  const auto primary = std::find_if(metrics.begin(), metrics.end(),
                                    [](const Metric& metric) { return metric.role == MetricRole::primary; });
  return primary == metrics.end() ? std::nullopt : primary->margin;
}

}  // namespace

void add_control_phases(const Field& workloads, std::vector<Metric>& metrics) {
  const std::optional<Percent> margin = margin_of_primary(metrics);
  if (!margin) return;
  const std::size_t of_the_file = metrics.size();
  for (const Field& workload : workloads.elements()) {
    const auto phases = workload.find("control_phases");
    if (!phases) continue;
    for (const Field& field : phases->elements()) {
      const std::string phase = field.text();
      const auto known = std::find_if(metrics.begin(), metrics.end(),
                                      [&phase](const Metric& metric) { return metric.name == name_of_control(phase); });
      if (static_cast<std::size_t>(known - metrics.begin()) < of_the_file) {
        field.fail(
            fmt::format("a metric is called {} already, which is the name of this control phase: give the "
                        "metric another name",
                        in_quotes(known->name)));
      }
      const std::string name = workload.at("name").text();
      if (known == metrics.end()) {
        metrics.push_back(control_metric(phase, margin));
        metrics.back().workloads = {name};
      } else if (std::find(known->workloads.begin(), known->workloads.end(), name) == known->workloads.end()) {
        known->workloads.push_back(name);
      } else {
        field.fail(fmt::format("the phase {} is listed twice", in_quotes(phase)));
      }
    }
  }
}

}  // namespace assay::definition
