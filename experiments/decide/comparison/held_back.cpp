#include "experiments/decide/comparison/held_back.hpp"

#include "core/result/labels.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"
#include "experiments/decide/rules/budget_rule.hpp"
#include "experiments/decide/rules/controls_cpu.hpp"
#include "experiments/decide/rules/first_warm_up.hpp"
#include "experiments/decide/rules/memory_pressure.hpp"
#include "experiments/decide/rules/outside_clock.hpp"
#include "experiments/decide/rules/stopped_trials.hpp"
#include "experiments/decide/rules/unannounced.hpp"

namespace assay::decide {
namespace {

/// Whether the trials themselves hold the keep back: work outside the clock or on control's CPU, or stopped
/// control trials.
std::optional<DecisionReason> held_back_by_trials(const ComparisonEvidence& evidence) {
  if (rules_of(evidence.plan).beside_the_clock == BesideTheClock::passed_over) return std::nullopt;
  const ComparisonState& comparison = evidence.comparison;
  const std::optional<OutsideClockExcess> excess = outside_clock_excess(
      evidence.plan, {.metric = comparison.metrics().front(), .treatment = comparison.treatment()}, evidence.blocks);
  if (excess && excess->holds_back) return DecisionReason::outside_clock;
  if (runs_on_controls_cpu(evidence.plan, comparison.treatment(), evidence.blocks)) {
    return DecisionReason::outside_clock;
  }
  if (control_was_stopped(evidence.blocks, comparison.treatment())) return DecisionReason::stopped_trials;
  return std::nullopt;
}

/// Whether trials after the last block, which nothing announced, hold it back.
std::optional<DecisionReason> held_back_by_vigilance(const ComparisonEvidence& evidence) {
  const ComparisonState& comparison = evidence.comparison;
  const std::optional<double> effect = comparison.primary().estimate();
  if (!evidence.plan.vigilant || !effect) return std::nullopt;
  const std::size_t metric = comparison.metrics().front();
  if (unannounced_contradiction(
          evidence.plan,
          {.cell = comparison.cell(), .metric = metric, .treatment = comparison.treatment(), .effect = *effect},
          evidence.blocks, evidence.audit)) {
    return DecisionReason::unannounced_trials;
  }
  const bool is_less_time = evidence.plan.metrics[metric].kind == MetricKind::positive && *effect < 0;
  if (!is_less_time) return std::nullopt;
  const ClaimedTime claim{comparison.cell(), named_arm(evidence.plan, comparison.treatment()), *effect};
  const std::optional<Diagnostic> afresh = fresh_start(evidence.audit, claim, evidence.blocks);
  if (afresh && afresh->statistic > 0) return DecisionReason::lives_on_earlier_runs;
  return std::nullopt;
}

/// Whether the audit holds it back: a changed harness, or another question that is near.
std::optional<DecisionReason> held_back_by_audit(const ComparisonEvidence& evidence) {
  const RuleSet& rules = rules_of(evidence.plan);
  const AuditResult& audit = evidence.audit;
  if (rules.read_harness == ReadHarness::judged && !audit.changed_harness.empty()) {
    return DecisionReason::harness_changed;
  }
  if (rules.close_questions == CloseQuestions::judged && !audit.neighbours.empty()) return DecisionReason::near;
  return std::nullopt;
}

}  // namespace

std::optional<DecisionReason> held_back(const ComparisonEvidence& evidence) {
  if (const auto by_trials = held_back_by_trials(evidence)) return by_trials;
  if (const auto by_vigilance = held_back_by_vigilance(evidence)) return by_vigilance;
  const std::vector<BudgetUse> budget = budget_uses(evidence.plan, evidence.blocks, evidence.comparison.treatment());
  if (any_with(budget, BudgetStanding::untold)) return DecisionReason::budget_untold;
  return held_back_by_audit(evidence);
}

std::optional<DecisionReason> vetoed(const ComparisonEvidence& evidence, std::span<const BudgetUse> budget) {
  if (any_with(budget, BudgetStanding::breached)) return DecisionReason::budget;
  if (treatment_runs_out_of_memory(evidence.blocks, evidence.comparison.treatment())) {
    return DecisionReason::memory_pressure;
  }
  return std::nullopt;
}

}  // namespace assay::decide
