#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/plan.hpp"

namespace assay::test {

/// The smallest plan that runs a command: one workload, one state, wall time, no simulation.
inline Plan small_plan(Variable variable, Argv command = {}) {
  Plan plan;
  plan.id = "small";
  plan.hypothesis = "Nothing is claimed";
  plan.folder = "/";
  plan.variable = std::move(variable);
  plan.states = {{"warm", 0}};
  plan.workloads.resize(1);
  plan.workloads[0].name = "work";
  plan.workloads[0].command = std::move(command);
  plan.metrics = {*find_built_in_metric("wall")};
  plan.metrics[0].role = MetricRole::primary;
  plan.metrics[0].margin = Percent{3};
  plan.environment = {{"PATH", "/usr/bin:/bin"}};
  plan.seed = Seed(7);
  return plan;
}

/// Absent in control, "1" in treatment.
inline Variable environment_variable(const std::string& name) {
  return {VariableKind::env, name, {{"control", EnvironmentLevel{}}, {"treatment", EnvironmentLevel{"1"}}}};
}
inline Variable argument_variable(const std::string& name, const std::string& control, const std::string& treatment) {
  return {VariableKind::argument, name, {{"control", ArgumentLevel{control}}, {"treatment", ArgumentLevel{treatment}}}};
}
inline Variable command_variable(Argv control, Argv treatment) {
  return {VariableKind::command,
          "",
          {{"control", CommandLevel{std::move(control)}}, {"treatment", CommandLevel{std::move(treatment)}}}};
}

}  // namespace assay::test
