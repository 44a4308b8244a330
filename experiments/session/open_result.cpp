#include "experiments/session/open_result.hpp"

namespace assay::session {
namespace {

template <class Judged>
bool has_no_verdict(const Judged& judged) {
  return judged.stop == Stop::interrupted && judged.verdict == Verdict::inconclusive;
}

template <class Decided>
void leave_undecided(Decided& decided) {
  if (!has_no_verdict(decided)) return;
  decided.reason = VerdictReason::interrupted;
  decided.decision = Decision::undecided;
  decided.decision_reason = DecisionReason::interrupted;
}

}  // namespace

void leave_open(AttemptResult& result) {
  result.stop = Stop::interrupted;
  for (Comparison& comparison : result.comparisons) {
    leave_undecided(comparison);
    if (comparison.reason == VerdictReason::interrupted) comparison.metrics.front().reason = comparison.reason;
  }
  for (LevelSearch& search : result.searches) {
    if (has_no_verdict(search)) search.reason = VerdictReason::interrupted;
  }
  leave_undecided(result);
}

}  // namespace assay::session
