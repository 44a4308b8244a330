#include "experiments/planning/self_comparison.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/trial_parts/built_in_metric.hpp"

namespace assay::planning {
namespace {

constexpr const char* kDelay = "planted_delay";

/// The command that control runs, with its level filled in.
Argv control_command(const Variable& variable, const Workload& workload) {
  const LevelValue& level = variable.levels[kControl].value;
  if (const auto* command = std::get_if<CommandLevel>(&level)) return command->argv;
  if (const auto* argument = std::get_if<ArgumentLevel>(&level)) {
    return with_argument(workload.command, variable.name, argument->value);
  }
  const auto& environment = std::get<EnvironmentLevel>(level);
  Argv argv = workload.command;
  const Argv setting =
      environment.value ? Argv{"env", variable.name + "=" + *environment.value} : Argv{"env", "-u", variable.name};
  argv.insert(argv.begin(), setting.begin(), setting.end());
  return argv;
}

std::string seconds_text(nanoseconds delay) {
  return fmt::format("{:.6f}", std::chrono::duration<double>(delay).count());
}

void check_primary(const definition::Definition& definition) {
  for (const Metric& metric : definition.metrics) {
    if (metric.role != MetricRole::primary || measures(metric, BuiltInMetric::wall)) continue;
    throw Error(fmt::format("a delay can only be found in wall, and the primary metric is {}", metric.name));
  }
}

}  // namespace

definition::Definition control_against_itself(definition::Definition definition) {
  std::vector<Level>& levels = definition.variable.levels;
  levels.resize(1);
  levels.push_back({levels[kControl].label == "treatment" ? "again" : "treatment", levels[kControl].value});
  definition.variable.reached.reset();  // nothing changes, so nothing can show that the change has reached it
  if (definition.simulation) definition.simulation->shift = Percent{0};
  definition.hypothesis = "control differs from itself";
  return definition;
}

bool is_one_command(const Variable& variable) {
  const LevelValue& level = variable.levels[kControl].value;
  return std::holds_alternative<CommandLevel>(level) || std::holds_alternative<ArgumentLevel>(level) ||
         std::holds_alternative<EnvironmentLevel>(level);
}

definition::Definition with_planted_delay(definition::Definition definition, const PlantedDelay& delay) {
  ASSAY_ASSERT(is_one_command(definition.variable));
  check_primary(definition);
  definition.workloads.resize(1);
  definition.protocol.side_by_side = false;  // one workload has nothing beside it
  Workload& workload = definition.workloads[0];
  workload.states.resize(1);
  std::erase_if(definition.states, [&](const State& state) { return state.name != workload.states[0]; });
  const Argv command = control_command(definition.variable, workload);
  workload.command = {"sh", "-c", "sleep \"$0\" && exec \"$@\"", argument_placeholder(kDelay)};
  workload.command.insert(workload.command.end(), command.begin(), command.end());
  definition.variable = {.kind = VariableKind::argument,
                         .name = kDelay,
                         .levels = {{"control", ArgumentLevel{seconds_text(delay.control)}},
                                    {"delayed", ArgumentLevel{seconds_text(delay.treatment)}}}};
  definition.protocol.kappa = 0;
  definition.hypothesis = "a planted delay is found";
  return definition;
}

}  // namespace assay::planning
