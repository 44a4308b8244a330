#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/definition/reading/readers.hpp"

namespace assay::definition {
namespace {

Metric guard_of(const std::string& pattern, const std::vector<std::string>& workloads) {
  Metric metric;
  metric.name = pattern + " passes";
  metric.kind = MetricKind::proportion;
  metric.direction = Direction::higher;
  metric.role = MetricRole::guard;
  metric.source = TestSource{pattern};
  metric.workloads = workloads;
  return metric;
}

}  // namespace

void add_flaky_guards(const Field& checks, std::vector<Metric>& metrics) {
  for (const Field& table : checks.elements()) {
    const auto flaky = table.find("flaky");
    if (!flaky) continue;
    const auto workloads = table.find("workloads");
    for (const Field& field : flaky->elements()) {
      const Metric guard = guard_of(field.text(), workloads ? workloads->texts() : std::vector<std::string>{});
      const auto known = std::find_if(metrics.begin(), metrics.end(), [&guard](const Metric& metric) {
        return metric.source == guard.source && (metric.workloads.empty() || metric.workloads == guard.workloads);
      });
      if (known != metrics.end()) continue;
      const auto namesake = std::find_if(metrics.begin(), metrics.end(),
                                         [&guard](const Metric& metric) { return metric.name == guard.name; });
      if (namesake != metrics.end()) {
        field.fail(fmt::format(
            "a metric is called {} already, which is the name of this test's guard: give the metric another "
            "name",
            in_quotes(guard.name)));
      }
      metrics.push_back(guard);
    }
  }
}

}  // namespace assay::definition
