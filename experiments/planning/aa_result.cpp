#include "experiments/planning/aa_result.hpp"

namespace assay::planning {

bool is_found(const decide::JudgedAttempt& planted) {
  const AttemptResult& result = planted.result;
  if (result.verdict == Verdict::invalid || result.comparisons.empty()) return false;
  const MetricResult& primary = result.comparisons.front().metrics.front();
  const bool higher_is_worse = primary.metric.direction == Direction::lower;
  if (!primary.effect) return false;
  return higher_is_worse ? primary.effect->interval.low > 0 : primary.effect->interval.high < 0;
}

bool has_passed(const SelfComparison& comparison) {
  const Verdict verdict = comparison.same.result.verdict;
  const bool nothing_claimed = verdict == Verdict::equivalent || verdict == Verdict::inconclusive;
  return nothing_claimed && (!comparison.planted || is_found(*comparison.planted));
}

bool equivalence_is_proven(const SelfComparison& comparison) {
  return comparison.same.result.verdict == Verdict::equivalent && comparison.planted && is_found(*comparison.planted);
}

}  // namespace assay::planning
