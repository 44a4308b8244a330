#include "experiments/decide/comparison/held_back.hpp"

#include "experiments/decide/rules/outside_clock.hpp"
#include "experiments/decide/rules/rule_set.hpp"
#include "experiments/decide/rules/stopped_trials.hpp"

namespace assay::decide {
namespace {

/// By what the trials themselves took and did.
std::optional<DecisionReason> held_back_by_trials(const ComparisonEvidence& evidence) {
  if (rules_of(evidence.plan).beside_the_clock == BesideTheClock::passed_over) return std::nullopt;
  const ComparisonState& comparison = evidence.comparison;
  const std::optional<OutsideClockExcess> excess = outside_clock_excess(
      evidence.plan, {.metric = comparison.metrics().front(), .treatment = comparison.treatment()}, evidence.blocks);
  if (excess && excess->holds_back) return DecisionReason::outside_clock;
  if (control_was_stopped(evidence.blocks, comparison.treatment())) return DecisionReason::stopped_trials;
  return std::nullopt;
}

/// By what the audit found about the harness and about other questions of the lab.
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
  const std::optional<DecisionReason> by_trials = held_back_by_trials(evidence);
  return by_trials ? by_trials : held_back_by_audit(evidence);
}

}  // namespace assay::decide
