#include "experiments/decide/analysis/conclusion.hpp"

namespace assay::decide {

void count_trials(const CellBlocks& cell, AttemptResult& result) {
  result.blocks += cell.complete_count();
  result.trials += cell.trials_started();
  result.void_blocks += cell.void_count();
  result.lost_blocks += cell.lost_count();
  for (const Block& block : cell.leading()) {
    for (const Trial& trial : block.trials) {
      if (is_measured(trial.outcome)) continue;
      ++(trial.arm == kControl ? result.failed_control : result.failed_treatment);
    }
  }
}

void conclude(AttemptResult& result, const MetricVerdict& verdict, std::span<const Grounds> parts, AttemptsLeft left) {
  result.verdict = verdict.verdict;
  result.reason = verdict.reason;
  const Grounds own{.verdict = verdict.verdict, .reason = verdict.reason, .not_worse = result.not_worse};
  const TypedDecision decision = decide(merged(own, parts), result.protocol.goal, left);
  result.decision = decision.decision;
  result.decision_reason = decision.reason;
}

}  // namespace assay::decide
