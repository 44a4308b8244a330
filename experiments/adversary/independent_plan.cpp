#include "experiments/adversary/independent_plan.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/engine/weight.hpp"
#include "core/error.hpp"
#include "experiments/design/frozen_environment.hpp"

namespace assay::adversary {
namespace {

[[noreturn]] void refuse_hidden(const std::string& name) {
  throw Error(fmt::format("the plan hides the value of {}, which looks secret: a challenge cannot know it, so "
                          "nothing was graded",
                          name),
              ErrorKind::invalid);
}

/// A value that the claimant kept from the record is not there to be used again.
void require_all_values(const Plan& plan) {
  for (const Workload& workload : plan.workloads) {
    if (!workload.set_hmac.empty()) refuse_hidden(workload.set_hmac.begin()->first);
  }
  for (const Level& level : plan.variable.levels) {
    const auto* const environment = std::get_if<EnvironmentLevel>(&level.value);
    if (environment != nullptr && !environment->hmac.empty()) refuse_hidden(plan.variable.name);
    const auto* const settings = std::get_if<SettingsLevel>(&level.value);
    if (settings != nullptr && !settings->set_hmac.empty()) refuse_hidden(settings->set_hmac.begin()->first);
  }
}

/// Builds and trials see nothing of the caller but PATH, LANG and what the experiment names.
void set_environment(Plan& plan, const ChallengeContext& context) {
  for (Workload& workload : plan.workloads) workload.environment = EnvironmentPolicy::clean;
  plan.secrets.clear();
  plan.environment_hmac.clear();
  plan.environment = design::frozen_environment(plan, context.environment);
  plan.environment["HOME"] = context.home;
  for (const auto& [name, value] : plan.environment) {
    if (!design::must_stay_unwritten(name, value)) continue;
    plan.environment_hmac.emplace(name, design::secret_hash({name, value}, context.hmac));
  }
}

}  // namespace

void keep_cell(Plan& plan, const CellPlace& place) {
  measure_alone(plan);
  std::erase_if(plan.workloads, [&place](const Workload& workload) { return workload.name != place.workload; });
  if (plan.workloads.size() != 1) {
    throw Error(fmt::format("the plan has no workload {}", place.workload), ErrorKind::invalid);
  }
  // If the variable is the state, a cell has all of its states.
  if (plan.variable.kind == VariableKind::state) return;
  std::vector<std::string>& states = plan.workloads.front().states;
  std::erase_if(states, [&place](const std::string& state) { return state != place.state; });
  if (states.size() != 1) throw Error(fmt::format("the plan has no state {}", place.state), ErrorKind::invalid);
}

namespace {

bool is_cold(const State& state) {
  return !state.evict.empty() || !state.prepare.empty();
}

}  // namespace

std::vector<std::string> colder_states(const Plan& plan, const CellPlace& place) {
  std::vector<std::string> colder;
  if (plan.variable.kind == VariableKind::state) return colder;
  for (const Cell& cell : cells(plan)) {
    const State& state = state_of(plan, cell);
    if (workload_of(plan, cell).name != place.workload || !is_cold(state)) continue;
    if (state.name == place.state) return {};
    colder.push_back(state.name);
  }
  return colder;
}

void add_states(Plan& plan, const std::vector<std::string>& states) {
  std::vector<std::string>& all = plan.workloads.front().states;
  all.insert(all.end(), states.begin(), states.end());
}

namespace {

void extend(std::vector<std::string>& limited_to, const std::string& claimed, const std::string& own) {
  if (std::find(limited_to.begin(), limited_to.end(), claimed) != limited_to.end()) limited_to.push_back(own);
}

}  // namespace

void add_own_workloads(Plan& plan, const std::vector<Workload>& own) {
  const std::string claimed = plan.workloads.front().name;
  std::vector<std::string> states = plan.workloads.front().states;
  if (plan.variable.kind != VariableKind::state) states.resize(1);  // the claim's
  for (const Workload& workload : own) {
    plan.workloads.push_back(workload);
    plan.workloads.back().states = states;
    for (Metric& metric : plan.metrics) {
      if (metric.role != MetricRole::control) extend(metric.workloads, claimed, workload.name);
    }
    for (Check& check : plan.checks) extend(check.workloads, claimed, workload.name);
    plan.challenge->own_workloads.push_back(workload.name);
  }
}

void measure_afresh(Plan& plan, const ChallengeContext& context) {
  plan.attempt = 1;
  plan.rules = kNewestRules;
  plan.order = OrderSource::drawn;
  plan.engine = Plan{}.engine;
  plan.simulation.reset();
  plan.folder = context.folder;
  plan.environment_name = context.environment_name;
  plan.seed = context.seed;  // drawn for this challenge: nobody has stated it
  plan.stated_seed = Seed{0};
  plan.seed_entropy.clear();
  require_all_values(plan);
  set_environment(plan, context);
}

}  // namespace assay::adversary
