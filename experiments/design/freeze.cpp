#include "experiments/design/freeze.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/design/frozen_environment.hpp"

namespace assay::design {

Plan freeze(const definition::Definition& definition, const FreezeContext& context) {
  if (!context.exploratory && context.attempt > definition.protocol.attempts) {
    throw Error(fmt::format("{}: all {} attempts are spent", definition.id, definition.protocol.attempts),
                ErrorKind::refused);
  }
  Plan plan;
  plan.id = definition.id;
  plan.hypothesis = definition.hypothesis;
  plan.assumptions = definition.assumptions;
  plan.variable = definition.variable;
  plan.workloads = definition.workloads;
  plan.states = definition.states;
  plan.metrics = definition.metrics;
  plan.checks = definition.checks;
  plan.targets = definition.targets;
  plan.protocol = definition.protocol;
  plan.rules = kNewestRules;
  plan.attempt = context.attempt;
  plan.reopened_by = context.reopened_by;
  plan.exploratory = context.exploratory;
  plan.environment_name = context.environment_name;
  plan.folder = context.folder;
  plan.seed = definition.seed.value_or(context.fresh_seed);
  plan.simulation = definition.simulation;
  plan.environment = frozen_environment(plan, context.environment);
  for (const auto& [name, value] : plan.environment) {
    if (must_stay_unwritten(name, value)) plan.secrets.emplace(name, secret_hash({name, value}, context.sha256));
  }
  return plan;
}

Plan with_secrets(Plan plan, const std::map<std::string, std::string>& environment, const Sha256& sha256) {
  for (const auto& [name, hash] : plan.secrets) {
    const auto found = environment.find(name);
    if (found == environment.end()) {
      throw Error(
          fmt::format("the environment variable {} was set when the plan was frozen and is not now: set it to "
                      "the value it had (it looks secret, so that only its hash was kept)",
                      name));
    }
    if (secret_hash({name, found->second}, sha256) != hash) {
      throw Error(
          fmt::format("the environment variable {} has another value than when the plan was frozen: set it to "
                      "the value it had (it looks secret, so that only its hash was kept)",
                      name));
    }
    plan.environment[name] = found->second;
  }
  return plan;
}

}  // namespace assay::design
