#include "experiments/attempt/requirements/demands.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/one_of.hpp"
#include "core/text/secrets.hpp"
#include "core/text/shell_words.hpp"
#include "core/units.hpp"
#include "experiments/formats/described.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"
#include "experiments/formats/plan/plan_fields.hpp"

namespace assay::attempt {
namespace {

using Demands = std::vector<Demand>;

std::string percent_text(const Percent& percent) {
  return fmt::format("{:.4g} %", percent.value);
}

std::string argv_text(const Argv& argv) {
  return argv.empty() ? "none" : masked_secrets(shell_words(argv));
}

std::string list_text(const std::vector<std::string>& items) {
  return items.empty() ? "none" : fmt::format("{}", fmt::join(items, ", "));
}

Demands goals(const Plan& plan) {
  const Goal goal = plan.protocol.goal;
  return {{"", "", std::string(to_string(goal)), goal == Goal::improve ? 1.0 : 0.0}};
}

/// A change of the goal is a change of its own, so margins are compared only under one goal. An improvement is easier
/// to show beyond a smaller margin, "not worse" within a larger one.
Demands margins(const Plan& plan) {
  const Metric& primary = plan.metrics[primary_metric(plan)];
  if (!primary.margin) return {};
  const Goal goal = plan.protocol.goal;
  const double sign = goal == Goal::improve ? 1 : -1;
  return {{std::string(to_string(goal)), "", percent_text(*primary.margin), sign * primary.margin->value}};
}

Demands kappas(const Plan& plan) {
  return {{"", "", fmt::format("{}", plan.protocol.kappa), plan.protocol.kappa}};
}

Demands cell_claims(const Plan& plan) {
  if (cells(plan).size() < 2) return {};
  const ClaimRule claim = plan.protocol.claim;
  return {{"", "", std::string(to_string(claim)), claim == ClaimRule::all ? 1.0 : 0.0}};
}

Demands alphas_of_equivalence(const Plan& plan) {
  return {{"", "", fmt::format("{}", plan.protocol.alpha_equivalence), -plan.protocol.alpha_equivalence}};
}

Demands confirmations(const Plan& plan) {
  const int blocks = confirmatory_blocks(plan);
  return {{"", "", fmt::format("{} blocks", blocks), static_cast<double>(blocks)}};
}

Demands declared_directions(const Plan& plan) {
  return {{"", "", std::string(to_string(plan.protocol.sidedness))}};
}

/// Filters and exceptions of a check are requirements of their own.
struct WithoutFilters {
  CheckKind operator()(SameOutputCheck check) const {
    check.normalise.clear();
    return check;
  }
  CheckKind operator()(IsolationCheck check) const {
    check.normalise.clear();
    return check;
  }
  CheckKind operator()(TestInventoryCheck check) const {
    check.normalise.clear();
    check.ignore.clear();
    return check;
  }
  CheckKind operator()(NoLeaksCheck check) const {
    check.ignore.clear();
    return check;
  }
  template <OneOf<CommandCheck, ConditionCheck> Unfiltered>
  CheckKind operator()(const Unfiltered& check) const {
    return check;
  }
};

/// A check by what it looks at: another name for the same check changes nothing.
std::string content_of(Check check) {
  check.kind = std::visit(WithoutFilters{}, check.kind);
  check.name.clear();
  return formats::text_of(check);
}

Demands checks(const Plan& plan) {
  Demands demands;
  for (const Check& check : plan.checks) {
    const std::string content = content_of(check);
    demands.push_back({content, check.name, content});
  }
  return demands;
}

/// The filter of a check, or nothing if checks of this kind have none.
struct Normaliser {
  template <OneOf<SameOutputCheck, IsolationCheck, TestInventoryCheck> Filtered>
  const Argv* operator()(const Filtered& check) const {
    return &check.normalise;
  }
  template <OneOf<CommandCheck, ConditionCheck, NoLeaksCheck> Unfiltered>
  const Argv* operator()(const Unfiltered&) const {
    return nullptr;
  }
};

/// The patterns of what does not count, or nothing if checks of this kind have none.
struct IgnoredPatterns {
  template <OneOf<NoLeaksCheck, TestInventoryCheck> Patterned>
  const std::vector<std::string>* operator()(const Patterned& check) const {
    return &check.ignore;
  }
  template <OneOf<CommandCheck, ConditionCheck, SameOutputCheck, IsolationCheck> Strict>
  const std::vector<std::string>* operator()(const Strict&) const {
    return nullptr;
  }
};

Demands normalisers(const Plan& plan) {
  Demands demands;
  for (const Check& check : plan.checks) {
    const Argv* const filter = std::visit(Normaliser{}, check.kind);
    if (filter != nullptr) demands.push_back({content_of(check), check.name, argv_text(*filter)});
  }
  return demands;
}

Demands ignored_patterns(const Plan& plan) {
  Demands demands;
  for (const Check& check : plan.checks) {
    const std::vector<std::string>* const patterns = std::visit(IgnoredPatterns{}, check.kind);
    if (patterns == nullptr) continue;
    demands.push_back({content_of(check), check.name, list_text(*patterns), 0, *patterns});
  }
  return demands;
}

/// What a metric measures, whatever it is called.
std::string measured_by(const Metric& metric) {
  return fmt::format("{} {} {} {}", to_string(metric.source), to_string(metric.kind), to_string(metric.direction),
                     metric.statistic ? to_string(*metric.statistic) : "");
}

/// Guards and controls: to leave one out is to ask for less.
bool may_object(MetricRole role) {
  return role == MetricRole::guard || role == MetricRole::control;
}

Demands guards(const Plan& plan) {
  Demands demands;
  for (const Metric& metric : plan.metrics) {
    // A guard that becomes the primary metric would be another hypothesis.
    if (!may_object(metric.role)) continue;
    const std::string where = metric.workloads.empty() ? "" : fmt::format(" of {}", fmt::join(metric.workloads, ", "));
    demands.push_back({measured_by(metric) + where, metric.name, to_string(metric.source) + where});
  }
  return demands;
}

Demands guard_margins(const Plan& plan) {
  Demands demands;
  for (const Metric& metric : plan.metrics) {
    if (!may_object(metric.role)) continue;
    // A guard without a margin only vetoes.
    const double width = metric.margin ? metric.margin->value : std::numeric_limits<double>::infinity();
    demands.push_back(
        {measured_by(metric), metric.name, metric.margin ? percent_text(*metric.margin) : "none", -width});
  }
  return demands;
}

Demands reach_conditions(const Plan& plan) {
  const std::optional<MetricCondition>& reached = plan.variable.reached;
  if (!reached) return {};
  const auto metric = std::find_if(plan.metrics.begin(), plan.metrics.end(),
                                   [&](const Metric& each) { return each.name == reached->metric; });
  const std::string source = metric == plan.metrics.end() ? reached->metric : measured_by(*metric);
  return {{fmt::format("{} {} {}", source, to_string(reached->comparator), reached->value), "", reached->text}};
}

Demands sharing(const Plan& plan) {
  if (!plan.variable.shares) return {};
  return {{"", "", "yes"}};
}

/// One demand for each workload.
template <class Text>
Demands for_workloads(const Plan& plan, Text text) {
  Demands demands;
  for (const Workload& workload : plan.workloads) {
    demands.push_back({formats::workload_identity(plan, workload), workload.name, text(workload)});
  }
  return demands;
}

Demands success_codes(const Plan& plan) {
  return for_workloads(plan, [](const Workload& workload) {
    return workload.success_codes.empty() ? std::string("all")
                                          : fmt::format("{}", fmt::join(workload.success_codes, ", "));
  });
}

Demands timeouts(const Plan& plan) {
  return for_workloads(plan, [](const Workload& workload) { return format_duration(workload.timeout); });
}

Demands results_files(const Plan& plan) {
  return for_workloads(plan, [](const Workload& workload) {
    if (workload.results.empty()) return std::string("standard output");
    return workload.spans.empty() ? workload.results
                                  : fmt::format("{} with its spans at {}", workload.results, workload.spans);
  });
}

Demands harnesses(const Plan& plan) {
  if (!plan.variable.source) return {};
  const auto& harness = plan.variable.source->harness;
  return {{"", "", harness ? list_text(*harness) : "what the commands name"}};
}

Demands checkouts(const Plan& plan) {
  if (!plan.variable.source) return {};
  std::vector<std::string> steps;
  for (const CheckoutStep step : plan.variable.source->checkout) steps.emplace_back(to_string(step));
  return {{"", "", list_text(steps)}};
}

Demands shares_read(const Plan& plan) {
  Demands demands;
  for (const State& state : plan.states) {
    if (state.evict.empty()) continue;
    State unnamed = state;
    unnamed.name.clear();
    unnamed.reads = State{}.reads;
    demands.push_back({formats::text_of(unnamed), state.name, percent_text(state.reads)});
  }
  return demands;
}

Demands vigilance(const Plan& plan) {
  if (!plan.vigilant) return {};
  return {{"", "", "yes"}};
}

/// A part that is no longer limited asks for nothing, which is the least.
Demands budgets(const Plan& plan) {
  Demands demands;
  for (const BudgetPart part : kBudgetParts) {
    const std::string name(to_string(part));
    const std::optional<double> limit = limit_of(plan.budget, part);
    demands.push_back({name, name, limit ? format_part(part, *limit) : "no limit",
                       limit ? -*limit : -std::numeric_limits<double>::infinity()});
  }
  return demands;
}

}  // namespace

DemandsOf demands_of(Requirement requirement) {
  switch (requirement) {
    case Requirement::goal:
      return goals;
    case Requirement::margin:
      return margins;
    case Requirement::kappa:
      return kappas;
    case Requirement::cells:
      return cell_claims;
    case Requirement::alpha_equivalence:
      return alphas_of_equivalence;
    case Requirement::confirm:
      return confirmations;
    case Requirement::sidedness:
      return declared_directions;
    case Requirement::check:
      return checks;
    case Requirement::normaliser:
      return normalisers;
    case Requirement::ignore:
      return ignored_patterns;
    case Requirement::guard:
      return guards;
    case Requirement::guard_margin:
      return guard_margins;
    case Requirement::reached:
      return reach_conditions;
    case Requirement::shares:
      return sharing;
    case Requirement::success_codes:
      return success_codes;
    case Requirement::timeout:
      return timeouts;
    case Requirement::results:
      return results_files;
    case Requirement::harness:
      return harnesses;
    case Requirement::checkout:
      return checkouts;
    case Requirement::reads:
      return shares_read;
    case Requirement::vigilance:
      return vigilance;
    case Requirement::budget:
      return budgets;
  }
  return goals;
}

}  // namespace assay::attempt
