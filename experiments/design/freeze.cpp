#include "experiments/design/freeze.hpp"

#include <string>
#include <variant>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/secrets.hpp"
#include "experiments/design/frozen_environment.hpp"

namespace assay::design {
namespace {

/// What is kept of a value in its place, and how that is made.
struct KeptHash {
  const std::string& hash;
  const Sha256& make;
};

/// The value of that name. \throws Error if it is gone or does not match its hash.
std::string checked_value(const std::string& name, const KeptHash& kept,
                          const std::map<std::string, std::string>& values) {
  const auto found = values.find(name);
  if (found == values.end()) {
    throw Error(
        fmt::format("the environment variable {} was set when the plan was frozen and is not now: set it to the value "
                    "it had (it looks secret, so that only its hash was kept)",
                    name));
  }
  if (secret_hash({name, found->second}, kept.make) != kept.hash) {
    throw Error(
        fmt::format("the environment variable {} has another value than when the plan was frozen: set it to the value "
                    "it had (it looks secret, so that only its hash was kept)",
                    name));
  }
  return found->second;
}

void hide_settings(SettingsLevel& level, const Sha256& hmac) {
  for (const auto& [name, value] : level.set) {
    if (value && looks_secret(name, *value)) level.set_hmac.emplace(name, secret_hash({name, *value}, hmac));
  }
}

void hide_values(Plan& plan, const Sha256& hmac) {
  for (const auto& [name, value] : plan.environment) {
    if (must_stay_unwritten(name, value)) plan.environment_hmac.emplace(name, secret_hash({name, value}, hmac));
  }
  for (Workload& workload : plan.workloads) {
    for (const auto& [name, value] : workload.set) {
      if (looks_secret(name, value)) workload.set_hmac.emplace(name, secret_hash({name, value}, hmac));
    }
  }
  for (Level& level : plan.variable.levels) {
    if (auto* const settings = std::get_if<SettingsLevel>(&level.value)) hide_settings(*settings, hmac);
    auto* const environment = std::get_if<EnvironmentLevel>(&level.value);
    if (environment == nullptr || !environment->value || !looks_secret(plan.variable.name, *environment->value))
      continue;
    const std::string shown = *environment->value;
    environment->hmac = secret_hash({plan.variable.name, shown}, hmac);
    const bool is_label = level.label == plan.variable.name + "=" + shown;  // of a race
    if (is_label) level.label = fmt::format("{}={}", plan.variable.name, describe_value(*environment));
  }
}

}  // namespace

Plan freeze(const definition::Definition& definition, const FreezeContext& context) {
  if (!context.exploratory && context.attempt > definition.protocol.attempts) {
    throw Error(fmt::format("{}: all {} attempts are spent", definition.id, definition.protocol.attempts),
                ErrorKind::refused);
  }
  Plan plan;
  plan.id = definition.id;
  plan.hypothesis = definition.hypothesis;
  plan.assumptions = definition.assumptions;
  plan.phase = definition.phase;
  plan.variable = definition.variable;
  plan.workloads = definition.workloads;
  plan.states = definition.states;
  plan.metrics = definition.metrics;
  plan.checks = definition.checks;
  plan.plants = definition.plants;
  plan.targets = definition.targets;
  plan.budget = tightest(definition.budget, context.budget);
  plan.protocol = definition.protocol;
  plan.rules = kNewestRules;
  plan.attempt = context.attempt;
  plan.reopened_by = context.reopened_by;
  plan.vigilant = definition.vigilant;
  plan.exploratory = context.exploratory;
  plan.environment_name = context.environment_name;
  plan.engine = definition.engine;
  plan.folder = context.folder;
  plan.seed = definition.seed.value_or(context.fresh_seed);
  plan.simulation = definition.simulation;
  plan.environment = frozen_environment(plan, context.environment);
  hide_values(plan, context.hmac);
  return plan;
}

Plan with_values(Plan plan, const KeptValues& values, const ValueHashes& hashes) {
  for (const auto& [name, hash] : plan.secrets) {
    plan.environment[name] = checked_value(name, {hash, hashes.sha256}, values.caller);
  }
  for (const auto& [name, hash] : plan.environment_hmac) {
    const bool is_kept = values.journalled.contains(name);
    plan.environment[name] = checked_value(name, {hash, hashes.hmac}, is_kept ? values.journalled : values.caller);
  }
  return plan;
}

std::map<std::string, std::string> values_to_keep(const Plan& plan) {
  std::map<std::string, std::string> kept;
  for (const auto& [name, hash] : plan.environment_hmac) {
    const auto found = plan.environment.find(name);
    if (found != plan.environment.end() && !looks_secret(name, found->second)) kept.insert(*found);
  }
  return kept;
}

}  // namespace assay::design
