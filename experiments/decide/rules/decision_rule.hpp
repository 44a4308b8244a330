#pragma once

#include <optional>
#include <span>

#include "core/plan.hpp"
#include "core/result/decision.hpp"
#include "core/result/result.hpp"
#include "core/result/verdict.hpp"

namespace assay::decide {

/// What a decision rests on, for one comparison or for all together.
struct Grounds {
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  bool not_worse = false;
  bool guard_failed = false;
  std::optional<DecisionReason> vetoed = {};  ///< by a guard that every experiment has: budget or memory pressure
  bool guard_open = false;
  bool failures_allow_keep = true;
  bool awaits_isolation = false;                 ///< see isolation_rule.hpp
  std::optional<DecisionReason> held_back = {};  ///< why an improvement is not kept although its figures stand
  bool control_checks_failed = false;            ///< what treatment is compared with is not sound itself
};

/// What a decision on several parts together rests on: its own verdict, and the guards, failures and isolation of every
/// part.
[[nodiscard]] Grounds merged(const Grounds& own, std::span<const Grounds> parts);

struct TypedDecision {
  Decision decision = Decision::undecided;
  DecisionReason reason = DecisionReason::inconclusive;
  friend bool operator==(const TypedDecision&, const TypedDecision&) = default;
};

/// Whether another attempt may follow.
enum class AttemptsLeft { some, none };
/// An exploratory plan is never capped.
[[nodiscard]] AttemptsLeft attempts_left(const Plan& plan);

/// keep, discard or undecided, with its typed reason (docs/methods/verdict.md). If no attempts are left, what would be
/// undecided is discarded as capped, except an improvement that awaits the challenge of its isolation or is held back.
[[nodiscard]] TypedDecision decide(const Grounds& grounds, Goal goal, AttemptsLeft left);

}  // namespace assay::decide
