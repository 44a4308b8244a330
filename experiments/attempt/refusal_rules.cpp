#include "experiments/attempt/refusal_rules.hpp"

namespace assay::attempt {
namespace {

using record::HypothesisHistory;
using record::RecordSummary;

std::optional<RefusalReason> refusal_if_decided(const HypothesisHistory& history) {
  if (!history.decided_by) return std::nullopt;
  QuotedRecord by = record::quoted(*history.decided_by);
  if (record::is_dead_end(history)) return DeadEnd{std::move(by)};
  return AlreadyDecided{std::move(by)};
}

std::optional<RefusalReason> refusal_if_spent(const PriorAttempts& prior, const Protocol& wanted) {
  const HypothesisHistory& history = prior.history;
  const int allowed = attempts_allowed(history) == 0 ? wanted.attempts : attempts_allowed(history);
  if (prior.spent < allowed) return std::nullopt;
  AttemptsSpent spent{.allowed = allowed, .last = {}};
  if (!history.attempts.empty()) spent.last = record::quoted(history.attempts.back());
  return spent;
}

/// Attempts share one alpha, which was fixed before the first of them.
std::optional<RefusalReason> refusal_if_costlier(const HypothesisHistory& history, const Protocol& wanted) {
  if (history.attempts.empty()) return std::nullopt;
  const RecordSummary& first = history.attempts.front();
  if (wanted.attempts != first.attempts) {
    return AttemptsChanged{.asked = wanted.attempts, .began_with = first.attempts, .first = record::quoted(first)};
  }
  if (wanted.alpha > first.alpha) {
    return AlphaRaised{.asked = wanted.alpha, .began_with = first.alpha, .first = record::quoted(first)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<RefusalReason> refusal_by(const PriorAttempts& prior, const Protocol& wanted) {
  if (auto refusal = refusal_if_decided(prior.history)) return refusal;
  if (auto refusal = refusal_if_spent(prior, wanted)) return refusal;
  return refusal_if_costlier(prior.history, wanted);
}

}  // namespace assay::attempt
