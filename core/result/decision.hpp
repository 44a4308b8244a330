#pragma once

#include <string>
#include <string_view>

#include "core/enum_names.hpp"

namespace assay {

enum class Decision { keep, discard, undecided };

/// Typed: programs and `assay log` group by it.
enum class DecisionReason {
  improved,        ///< keep
  not_worse,       ///< keep, where that was the goal
  equivalent,      ///< discard
  worse,           ///< discard
  broken,          ///< discard: treatment fails
  guard,           ///< discard: a guard's interval lies beyond its margin
  confounded,      ///< discard
  capped,          ///< discard: attempts are spent; the hypothesis is a dead end
  inconclusive,    ///< undecided
  guard_open,      ///< undecided: a guard needs more blocks
  interrupted,     ///< undecided
  invalid,         ///< undecided: the attempt was not valid, and attempts are left
  isolation,       ///< undecided: a change that shares something awaits a challenge of its isolation
  outside_clock,   ///< undecided: treatment does more outside the clock than control, or on control's CPU
  stopped_trials,  ///< undecided: signals stopped control's trials, and not treatment's
  near,  ///< undecided: it is close to a question that was answered or is open, and nobody said why it differs
  harness_changed,        ///< undecided: the change alters a file that checks or hooks read
  unannounced_trials,     ///< undecided: trials that nothing announced contradict those that were measured
  lives_on_earlier_runs,  ///< undecided: in a fresh place treatment is as slow as its first warm-up was
  budget,                 ///< discard: treatment took more than the node's budget
  budget_untold,          ///< undecided: what treatment took of the budget could not be measured
  memory_pressure,        ///< discard: memory ran out in treatment's trials, and not in control's
};

/// Whether a guard objects: one that is a metric, or one that every experiment has.
[[nodiscard]] constexpr bool is_guard(DecisionReason reason) {
  return reason == DecisionReason::guard || reason == DecisionReason::budget ||
         reason == DecisionReason::memory_pressure;
}

/// Whether a person may say why the improvement counts all the same (`assay decide --accept`).
[[nodiscard]] constexpr bool may_be_accepted(DecisionReason reason) {
  return reason == DecisionReason::near || reason == DecisionReason::harness_changed ||
         reason == DecisionReason::budget_untold;
}

template <>
struct EnumNames<Decision> {
  static constexpr std::array<std::string_view, 3> values = {"keep", "discard", "undecided"};
};

template <>
struct EnumNames<DecisionReason> {
  static constexpr std::array<std::string_view, 22> values = {"improved",
                                                              "not-worse",
                                                              "equivalent",
                                                              "worse",
                                                              "broken",
                                                              "guard",
                                                              "confounded",
                                                              "capped",
                                                              "inconclusive",
                                                              "guard-open",
                                                              "interrupted",
                                                              "invalid",
                                                              "awaiting-isolation-challenge",
                                                              "outside-the-clock",
                                                              "stopped-trials",
                                                              "near",
                                                              "harness-changed",
                                                              "unannounced-trials",
                                                              "lives-on-earlier-runs",
                                                              "budget",
                                                              "budget-untold",
                                                              "memory-pressure"};
};

}  // namespace assay
