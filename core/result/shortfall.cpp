#include "core/result/shortfall.hpp"

namespace assay {
namespace {

/// Why an improvement is not kept although its figures stand.
bool holds_back(DecisionReason reason) {
  switch (reason) {
    case DecisionReason::isolation:
    case DecisionReason::outside_clock:
    case DecisionReason::stopped_trials:
    case DecisionReason::near:
    case DecisionReason::harness_changed:
    case DecisionReason::unannounced_trials:
    case DecisionReason::lives_on_earlier_runs:
    case DecisionReason::budget_untold:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::optional<Shortfall> shortfall_of(const AttemptResult& result) {
  if (result.decision == Decision::keep) return std::nullopt;
  if (result.verdict == Verdict::invalid) return Shortfall::invalid;
  if (result.verdict == Verdict::regressed) return Shortfall::regressed;
  if (is_guard(result.decision_reason)) return Shortfall::guard;
  if (result.decision_reason == DecisionReason::guard_open) return Shortfall::inconclusive;
  if (holds_back(result.decision_reason)) return Shortfall::inconclusive;
  if (result.decision_reason == DecisionReason::broken) return Shortfall::invalid;
  if (result.decision_reason == DecisionReason::invalid) return Shortfall::invalid;
  if (result.verdict == Verdict::equivalent) return Shortfall::equivalent;
  if (result.verdict == Verdict::improved) return std::nullopt;
  return Shortfall::inconclusive;
}

}  // namespace assay
