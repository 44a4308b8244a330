#include "experiments/attempt/requirements/standing.hpp"

#include <algorithm>
#include <string>

namespace assay::attempt {
namespace {

using enum EarlierStanding;

/// Whether some trial of treatment was measured, so that what follows a trial was looked at.
bool treatment_was_measured(const Comparison& comparison) {
  return std::any_of(comparison.metrics.begin(), comparison.metrics.end(),
                     [](const MetricResult& metric) { return metric.treatment.count > 0; });
}

bool something_was_measured(const AttemptResult& result) {
  return !result.searches.empty() ||
         std::any_of(result.comparisons.begin(), result.comparisons.end(), treatment_was_measured);
}

/// The most serious of two: whatever needs an allowance before what needs none.
EarlierStanding worse(EarlierStanding one, EarlierStanding other) {
  return one == held ? other : one;
}

EarlierStanding standing_of(const CheckResult& check, const Comparison& comparison, Edit edit) {
  const bool was_evaded = check.failed_treatment > check.failed_control;
  const bool failed_over_all_trials = !check.passed && check.failed_control + check.failed_treatment == 0;
  if (was_evaded || failed_over_all_trials) return failed;
  if (!check.passed) return edit == Edit::removed ? failed : held;
  return treatment_was_measured(comparison) ? held : not_evaluated;
}

EarlierStanding of_check(const AttemptResult& result, const std::string& name, Edit edit) {
  EarlierStanding standing = held;
  bool was_evaluated = something_was_measured(result);
  for (const Comparison& comparison : result.comparisons) {
    for (const CheckResult& check : comparison.checks) {
      if (check.name != name) continue;
      was_evaluated = was_evaluated || !check.passed;
      standing = worse(standing, standing_of(check, comparison, edit));
    }
  }
  for (const IsolationChallenge& challenge : result.audit.challenges) {
    if (challenge.check == name && !challenge.failure.empty()) standing = worse(standing, failed);
  }
  return was_evaluated ? standing : worse(standing, not_evaluated);
}

EarlierStanding of_guard(const AttemptResult& result, const std::string& name) {
  EarlierStanding standing = held;
  for (const Comparison& comparison : result.comparisons) {
    for (const MetricResult& metric : comparison.metrics) {
      if (metric.metric.name != name) continue;
      if (metric.guard == GuardStatus::failed) standing = worse(standing, failed);
      if (!metric.effect) standing = worse(standing, not_evaluated);
      if (metric.guard == GuardStatus::open) standing = worse(standing, open);
    }
  }
  return result.comparisons.empty() ? not_evaluated : standing;
}

EarlierStanding of_reached(const AttemptResult& result) {
  const auto did_not_act = [](const Comparison& comparison) { return comparison.reason == VerdictReason::did_not_act; };
  if (result.reason == VerdictReason::did_not_act) return failed;
  if (std::any_of(result.comparisons.begin(), result.comparisons.end(), did_not_act)) return failed;
  return something_was_measured(result) ? held : not_evaluated;
}

EarlierStanding of_sharing(const AttemptResult& result) {
  const std::vector<IsolationChallenge>& challenges = result.audit.challenges;
  const auto failed_one = [](const IsolationChallenge& challenge) { return !challenge.failure.empty(); };
  if (std::any_of(challenges.begin(), challenges.end(), failed_one)) return failed;
  if (result.decision_reason == DecisionReason::isolation) return open;
  return challenges.empty() ? not_evaluated : held;
}

EarlierStanding of_vigilance(const AttemptResult& result) {
  const DecisionReason reason = result.decision_reason;
  if (reason == DecisionReason::unannounced_trials || reason == DecisionReason::lives_on_earlier_runs) return failed;
  return result.audit.unannounced.empty() ? not_evaluated : held;
}

EarlierStanding of_budget(const AttemptResult& result, const std::string& part) {
  EarlierStanding standing = not_evaluated;
  for (const Comparison& comparison : result.comparisons) {
    for (const BudgetUse& use : comparison.budget) {
      if (to_string(use.part) != part) continue;
      if (use.standing == BudgetStanding::breached) return failed;
      standing = use.standing == BudgetStanding::untold || standing == open ? open : held;
    }
  }
  return standing;
}

}  // namespace

EarlierStanding standing_of(const AttemptResult& result, const RequirementChange& change, Edit edit) {
  switch (change.requirement) {
    case Requirement::check:
    case Requirement::normaliser:
      return of_check(result, change.name, edit);
    case Requirement::guard:
      return of_guard(result, change.name);
    case Requirement::reached:
      return of_reached(result);
    case Requirement::shares:
      return of_sharing(result);
    case Requirement::success_codes:
    case Requirement::timeout:
      return result.failed_treatment > result.failed_control ? failed : held;
    case Requirement::harness:
    case Requirement::checkout:
      return result.reason == VerdictReason::confounded ? failed : held;
    case Requirement::reads:
      return result.void_blocks > 0 ? failed : held;
    case Requirement::vigilance:
      return of_vigilance(result);
    case Requirement::budget:
      return of_budget(result, change.name);
    case Requirement::goal:
    case Requirement::margin:
    case Requirement::kappa:
    case Requirement::cells:
    case Requirement::alpha_equivalence:
    case Requirement::confirm:
    case Requirement::sidedness:
    case Requirement::ignore:
    case Requirement::guard_margin:
    case Requirement::results:
      return held;
  }
  return held;
}

}  // namespace assay::attempt
