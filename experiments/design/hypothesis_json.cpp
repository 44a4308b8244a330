#include <algorithm>

#include <nlohmann/json.hpp>

#include "experiments/definition/canonical_json.hpp"
#include "experiments/design/freeze.hpp"
#include "experiments/design/plan_parts.hpp"

namespace assay::experiments {
namespace {

using nlohmann::json;

/// What every argument variable is called here: its own name says nothing, since command and name change together.
constexpr const char* kArgument = "argument";

/// In order and each once: a list whose order and repetitions mean nothing.
json as_set(json list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

/// A path as it is least spelt out: "./data//x/" is "data/x", "." is nothing. Links and ".." stay: only the file system
/// knows what they mean.
std::string plain_path(std::string_view path) {
  std::string plain = path.starts_with('/') ? "/" : "";
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    if (part.empty() || part == ".") continue;
    if (!plain.empty() && plain.back() != '/') plain += '/';
    plain += part;
  }
  return plain;
}

std::string input_stream(std::string_view path) {
  return path == "/dev/null" ? "" : plain_path(path);
}

/// Labels, names of revisions and of files are names only: what they stand for, files by their content, is the
/// hypothesis. How it is shown that the variable acts is not.
json unnamed(const Variable& given) {
  json variable = variable_json(given);
  for (json& level : variable["levels"]) {
    for (const char* key : {"label", "revision", "commit", "patch", "patch_sha256", "patches", "file"})
      level.erase(key);
  }
  if (varies_argument(given)) variable["name"] = kArgument;
  if (variable.contains("source")) variable["source"] = {{"build", variable["source"]["build"]}};
  variable.erase("reached");
  return variable;
}

/// The command with the argument's place marked by the one name.
json command_of(const Workload& workload, const Variable& variable) {
  if (!varies_argument(variable)) return workload.command;
  return with_argument(workload.command, variable.name, argument_placeholder(kArgument));
}

json inputs_of(const Workload& workload) {
  json inputs = json::array();
  for (const std::string& pattern : workload.inputs) inputs.push_back(plain_path(pattern));
  return as_set(std::move(inputs));
}

/// How caches and services stand, whatever the state is called; "cold" alone is a meaning, not a name.
json states_of(const Workload& workload, const Plan& plan) {
  json states = json::array();
  for (const State& state : plan.states) {
    if (std::find(workload.states.begin(), workload.states.end(), state.name) == workload.states.end()) continue;
    json kept = state_json(state);
    if (state.name != "cold") kept.erase("name");
    kept["warmup"] = state.warmup > 0;  // once warm, more of it is the same
    states.push_back(std::move(kept));
  }
  return as_set(std::move(states));
}

/// What the trials of a workload do, and on what. Its name, and what a trial may take or leave behind (timeout, output,
/// needs), say nothing of the hypothesis: changing them must not lift a dead end. Nor must saying the same otherwise.
json what_is_done(const Workload& workload, const Plan& plan) {
  const json whole = workload_json(workload);
  json kept = {{"command", command_of(workload, plan.variable)},
               {"working_directory", plain_path(workload.working_directory)},
               {"standard_input", input_stream(workload.standard_input)},
               {"inputs", inputs_of(workload)},
               {"pass", as_set(whole["pass"])},
               {"states", states_of(workload, plan)}};
  for (const char* key : {"hooks", "environment", "set", "limits"}) kept[key] = whole[key];
  kept["limits"]["cpus"] = as_set(whole["limits"]["cpus"]);
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
  json workloads = json::array();
  for (const Workload& workload : plan.workloads) workloads.push_back(what_is_done(workload, plan));
  return canonical_json({{"variable", unnamed(plan.variable)},
                         {"workloads", as_set(std::move(workloads))},
                         {"metric", what_is_measured(plan.metrics[primary_metric(plan)])}});
}

}  // namespace assay::experiments
