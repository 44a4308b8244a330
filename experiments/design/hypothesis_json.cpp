#include <algorithm>

#include <nlohmann/json.hpp>

#include "experiments/definition/canonical_json.hpp"
#include "experiments/design/freeze.hpp"
#include "experiments/design/plan_parts.hpp"

namespace assay::experiments {
namespace {

using nlohmann::json;

/// Labels are names only.
json unlabelled(json variable) {
  for (json& level : variable["levels"]) level.erase("label");
  return variable;
}

/// What the trials of a workload do. Its name, and what a trial may take or leave behind (timeout, output, needs), say
/// nothing of the hypothesis: changing them must not lift a dead end.
json what_is_done(const Workload& workload) {
  const json whole = workload_json(workload);
  json kept = json::object();
  for (const char* key :
       {"command", "hooks", "working_directory", "standard_input", "environment", "pass", "set", "limits", "states"}) {
    kept[key] = whole[key];
  }
  return kept;
}

json what_is_measured(const Metric& metric) {
  const json whole = metric_json(metric);
  json kept = {{"source", whole["source"]}, {"direction", whole["direction"]}, {"kind", whole["kind"]}};
  if (whole.contains("statistic")) kept["statistic"] = whole["statistic"];
  return kept;
}

}  // namespace

std::string hypothesis_json(const Plan& plan) {
  std::vector<std::string> workloads;
  for (const Workload& workload : plan.workloads) workloads.push_back(canonical_json(what_is_done(workload)));
  std::sort(workloads.begin(), workloads.end());
  json in_order = json::array();
  for (const std::string& workload : workloads) in_order.push_back(parse_json(workload, "workload"));
  return canonical_json({{"variable", unlabelled(variable_json(plan.variable))},
                         {"workloads", std::move(in_order)},
                         {"metric", what_is_measured(plan.metrics[primary_metric(plan)])}});
}

}  // namespace assay::experiments
