#include "experiments/decide/rules/decision_rule.hpp"

namespace assay::decide {
namespace {

constexpr TypedDecision discard(DecisionReason reason) {
  return {Decision::discard, reason};
}

constexpr TypedDecision undecided(DecisionReason reason) {
  return {Decision::undecided, reason};
}

TypedDecision of_invalid(VerdictReason reason) {
  switch (reason) {
    case VerdictReason::confounded:
      return discard(DecisionReason::confounded);
    case VerdictReason::broken:
    case VerdictReason::checks:
      return discard(DecisionReason::broken);
    default:
      return undecided(DecisionReason::invalid);
  }
}

/// The goal is reached by the primary metric: what remains are failures and guards.
TypedDecision of_success(const Grounds& grounds, DecisionReason success) {
  if (!grounds.failures_allow_keep) return discard(DecisionReason::broken);
  if (grounds.control_checks_failed) return undecided(DecisionReason::invalid);
  if (grounds.guard_open) return undecided(DecisionReason::guard_open);
  if (grounds.awaits_isolation) return undecided(DecisionReason::isolation);
  if (grounds.held_back) return undecided(*grounds.held_back);
  return {Decision::keep, success};
}

TypedDecision of_grounds(const Grounds& grounds, Goal goal) {
  if (grounds.verdict == Verdict::invalid) return of_invalid(grounds.reason);
  if (grounds.verdict == Verdict::regressed) return discard(DecisionReason::worse);
  if (grounds.guard_failed) return discard(DecisionReason::guard);
  if (grounds.vetoed) return discard(*grounds.vetoed);
  if (grounds.reason == VerdictReason::interrupted) return undecided(DecisionReason::interrupted);
  if (grounds.verdict == Verdict::improved) return of_success(grounds, DecisionReason::improved);
  if (goal == Goal::not_worse && grounds.not_worse) return of_success(grounds, DecisionReason::not_worse);
  if (grounds.verdict == Verdict::equivalent) return discard(DecisionReason::equivalent);
  return undecided(DecisionReason::inconclusive);
}

}  // namespace

Grounds merged(const Grounds& own, std::span<const Grounds> parts) {
  Grounds all = own;
  for (const Grounds& part : parts) {
    all.guard_failed = all.guard_failed || part.guard_failed;
    if (!all.vetoed) all.vetoed = part.vetoed;
    all.guard_open = all.guard_open || part.guard_open;
    all.failures_allow_keep = all.failures_allow_keep && part.failures_allow_keep;
    all.awaits_isolation = all.awaits_isolation || part.awaits_isolation;
    if (!all.held_back) all.held_back = part.held_back;
    all.control_checks_failed = all.control_checks_failed || part.control_checks_failed;
  }
  return all;
}

AttemptsLeft attempts_left(const Plan& plan) {
  return plan.exploratory || plan.attempt < plan.protocol.attempts ? AttemptsLeft::some : AttemptsLeft::none;
}

TypedDecision decide(const Grounds& grounds, Goal goal, AttemptsLeft left) {
  const TypedDecision decision = of_grounds(grounds, goal);
  const bool waits = decision.reason == DecisionReason::isolation || decision.reason == grounds.held_back;
  const bool open = decision.decision == Decision::undecided && !waits;
  const bool capped = open && left == AttemptsLeft::none;
  return capped ? discard(DecisionReason::capped) : decision;
}

}  // namespace assay::decide
