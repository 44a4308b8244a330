#include "core/plan.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "core/assert.hpp"

namespace assay {
namespace {

double share_of_attempt(const Plan& plan, double whole) {
  if (plan.exploratory || plan.protocol.attempts == 1) return whole;
  return plan.attempt == 1 ? 0.8 * whole : 0.2 * whole / (plan.protocol.attempts - 1);
}

std::size_t index_of(const Plan& plan, const std::string& state_name) {
  const auto found = std::find_if(plan.states.begin(), plan.states.end(),
                                  [&](const State& state) { return state.name == state_name; });
  ASSAY_ASSERT(found != plan.states.end());
  return static_cast<std::size_t>(found - plan.states.begin());
}

}  // namespace

std::vector<Cell> cells(const Plan& plan) {
  std::vector<Cell> all;
  for (std::size_t workload = 0; workload < plan.workloads.size(); ++workload) {
    for (const std::string& name : plan.workloads[workload].states) all.push_back({workload, index_of(plan, name)});
  }
  return all;
}

const Workload& workload_of(const Plan& plan, const Cell& cell) {
  return plan.workloads.at(cell.workload);
}

const State& state_of(const Plan& plan, const Cell& cell) {
  return plan.states.at(cell.state);
}

const State& state_of(const Plan& plan, const Cell& cell, ArmIndex arm) {
  const auto* const level = std::get_if<StateLevel>(&plan.variable.levels.at(arm).value);
  return level == nullptr ? state_of(plan, cell) : plan.states[index_of(plan, level->state)];
}

std::size_t arm_count(const Plan& plan) {
  return plan.variable.levels.size();
}

bool is_race(const Plan& plan) {
  return plan.variable.kind == VariableKind::level && !plan.challenge;
}

int confirmatory_blocks(const Plan& plan) {
  constexpr int kOfRaces = 12;
  return plan.protocol.confirm.value_or(is_race(plan) ? kOfRaces : 0);
}

std::string cell_name(const Plan& plan, const Cell& cell) {
  const Workload& workload = workload_of(plan, cell);
  const bool says_nothing = plan.states.size() == 1 || plan.variable.kind == VariableKind::state;
  return says_nothing ? workload.name : fmt::format("{} ({})", workload.name, state_of(plan, cell).name);
}

bool reads_spans(const Plan& plan) {
  return std::any_of(plan.metrics.begin(), plan.metrics.end(),
                     [](const Metric& metric) { return std::holds_alternative<SpanSource>(metric.source); });
}

std::size_t primary_metric(const Plan& plan) {
  const auto found = std::find_if(plan.metrics.begin(), plan.metrics.end(),
                                  [](const Metric& metric) { return metric.role == MetricRole::primary; });
  ASSAY_ASSERT(found != plan.metrics.end());
  return static_cast<std::size_t>(found - plan.metrics.begin());
}

bool applies_to(const std::vector<std::string>& workloads, std::string_view workload) {
  return workloads.empty() || std::find(workloads.begin(), workloads.end(), workload) != workloads.end();
}

bool looks_once(const Protocol& protocol) {
  return protocol.looks == LookMode::once;
}

bool looks_anytime(const Protocol& protocol) {
  return protocol.looks == LookMode::anytime;
}

std::vector<int> costly_strata(const Protocol& protocol) {
  ASSAY_ASSERT(is_costly(protocol.design));
  if (protocol.design == Design::costly_quads)
    return std::vector<int>(static_cast<std::size_t>(protocol.max_blocks / 2), 2);
  if (looks_once(protocol)) return {protocol.max_blocks};
  return {protocol.min_blocks, protocol.max_blocks - protocol.min_blocks};
}

int rounds_per_block(const Protocol& protocol) {
  return protocol.design == Design::abba ? 2 : protocol.inner;
}

double attempt_alpha(const Plan& plan) {
  return share_of_attempt(plan, plan.protocol.alpha);
}

double attempt_alpha_equivalence(const Plan& plan) {
  return share_of_attempt(plan, plan.protocol.alpha_equivalence);
}

}  // namespace assay
