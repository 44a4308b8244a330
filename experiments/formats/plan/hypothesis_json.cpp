#include "experiments/formats/plan/hypothesis_json.hpp"

#include <algorithm>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/text/secrets.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/plan/plain_paths.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/tree.hpp"

namespace assay::formats {
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

std::string input_stream(const Plan& plan, std::string_view path) {
  return path == "/dev/null" ? "" : plain_path_below(plan.folder, path);
}

/// Two levels that race are asked the same as two arms.
Variable without_race(Variable variable) {
  if (variable.kind != VariableKind::level || variable.levels.size() != 2) return variable;
  for (Level& level : variable.levels) {
    if (std::holds_alternative<ArgumentLevel>(level.value)) variable.kind = VariableKind::argument;
    if (std::holds_alternative<EnvironmentLevel>(level.value)) variable.kind = VariableKind::env;
    const auto* settings = std::get_if<SettingsLevel>(&level.value);
    if (settings == nullptr) continue;
    const auto shown = shown_settings(*settings);
    if (shown.size() != 1) continue;
    const auto [name, value] = *shown.begin();
    const auto hidden = settings->set_hmac.find(name);
    variable.kind = VariableKind::env;
    variable.name = name;
    level.value = hidden == settings->set_hmac.end() ? EnvironmentLevel{.value = value}
                                                     : EnvironmentLevel{.value = value, .hmac = hidden->second};
  }
  return variable;
}

Variable with_plain_programs(Variable variable, const Plan& plan) {
  for (Level& level : variable.levels) {
    auto* command = std::get_if<CommandLevel>(&level.value);
    if (command == nullptr || command->argv.empty() || plan.workloads.empty()) continue;
    command->argv.front() = program_of(command->argv.front(), plan.workloads.front(), plan);
  }
  return variable;
}

/// Labels, names of revisions and of files are names only: what they stand for, files by their content, is the
/// hypothesis. How it is shown that the variable acts is not.
json unnamed(const Plan& plan) {
  const Variable given = with_plain_programs(without_race(plan.variable), plan);
  json variable = tree_of(given);
  for (json& level : variable["levels"]) {
    for (const char* key : {"label", "revision", "commit", "patch", "patch_sha256", "patches", "file"})
      level.erase(key);
  }
  if (varies_argument(given)) variable["name"] = kArgument;
  if (variable.contains("source")) variable["source"] = {{"build", variable["source"]["build"]}};
  for (const char* key : {"reached", "shares"}) variable.erase(key);
  return variable;
}

/// The command with the argument's place marked by the one name.
json command_of(const Workload& workload, const Plan& plan) {
  Argv command = workload.command;
  if (!command.empty()) command.front() = program_of(command.front(), workload, plan);
  if (!varies_argument(plan.variable)) return command;
  return with_argument(command, plan.variable.name, argument_placeholder(kArgument));
}

json inputs_of(const Workload& workload, const Plan& plan) {
  json inputs = json::array();
  for (const std::string& pattern : workload.inputs) inputs.push_back(plain_path_below(plan.folder, pattern));
  return as_set(std::move(inputs));
}

/// How caches and services stand, whatever the state is called; "cold" alone is a meaning, not a name.
json states_of(const Workload& workload, const Plan& plan) {
  json states = json::array();
  for (const State& state : plan.states) {
    if (std::find(workload.states.begin(), workload.states.end(), state.name) == workload.states.end()) continue;
    json kept = tree_of(state);
    if (state.name != "cold") kept.erase("name");
    kept["warmup"] = state.warmup > 0;  // once warm, more of it is the same
    kept.erase("reads_percent");        // how it is shown that the state was reached
    states.push_back(std::move(kept));
  }
  return as_set(std::move(states));
}

/// What a workload sets in both arms. The value of a secret does not count: plans hold only its HMAC, or hold it as it
/// is (0.1.0), and a new one lifts no dead end.
json settings_of(const Workload& workload) {
  json settings = json::object();
  for (const auto& [name, value] : workload.set) {
    settings[name] = looks_secret(name, value) ? json(nullptr) : json(value);
  }
  for (const auto& [name, hmac] : workload.set_hmac) settings[name] = nullptr;
  return settings;
}

/// What the trials of a workload do, and on what. Its name, and what a trial may take or leave behind (timeout, output,
/// needs), say nothing of the hypothesis: changing them must not lift a dead end. Nor must saying the same otherwise.
json what_is_done(const Workload& workload, const Plan& plan) {
  const json whole = tree_of(workload);
  json kept = {{"command", command_of(workload, plan)},
               {"working_directory", plain_path_below(plan.folder, workload.working_directory)},
               {"standard_input", input_stream(plan, workload.standard_input)},
               {"inputs", inputs_of(workload, plan)},
               {"pass", as_set(whole["pass"])},
               {"states", states_of(workload, plan)}};
  kept["set"] = settings_of(workload);
  for (const char* key : {"hooks", "environment", "limits"}) kept[key] = whole[key];
  if (kept["limits"].value("nice", 0) == 0) kept["limits"].erase("nice");
  kept["limits"]["cpus"] = as_set(whole["limits"]["cpus"]);
  return kept;
}

json what_is_measured(const Metric& metric) {
  const json whole = tree_of(metric);
  json kept = {{"source", whole["source"]}, {"direction", whole["direction"]}, {"kind", whole["kind"]}};
  if (whole.contains("statistic")) kept["statistic"] = whole["statistic"];
  return kept;
}

}  // namespace

std::string hypothesis_json(const Plan& plan) {
  json workloads = json::array();
  for (const Workload& workload : plan.workloads) workloads.push_back(what_is_done(workload, plan));
  return canonical_json({{"variable", unnamed(plan)},
                         {"workloads", as_set(std::move(workloads))},
                         {"metric", what_is_measured(plan.metrics[primary_metric(plan)])}});
}

std::string workload_identity(const Plan& plan, const Workload& workload) {
  return canonical_json(what_is_done(workload, plan));
}

}  // namespace assay::formats
