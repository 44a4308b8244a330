#include "core/record/gate.hpp"

#include <algorithm>

namespace assay {

GateOutcome gate_outcome(const AttemptResult& result) {
  if (result.decision == Decision::keep) return GateOutcome::passed;
  if (result.verdict == Verdict::invalid) return GateOutcome::invalid;
  if (result.verdict == Verdict::regressed) return GateOutcome::regressed;
  if (is_guard(result.decision_reason)) return GateOutcome::guard;
  const std::set<DecisionReason> broken = {DecisionReason::broken, DecisionReason::invalid, DecisionReason::confounded};
  return broken.count(result.decision_reason) > 0 ? GateOutcome::invalid : GateOutcome::inconclusive;
}

bool fails(const GatePolicy& policy, GateOutcome outcome) {
  return policy.fail_on.count(outcome) > 0;
}

bool fails(const GateReport& report) {
  if (report.policy.fails_on_changed_rules && !report.rule_changes.empty()) return true;
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&report](const GateFinding& finding) { return fails(report.policy, finding.outcome); });
}

bool is_base_in_force(const GateRuleChange& change) {
  return change.link.empty() || change.kind != GateRuleKind::judge;
}

GateOutcome worst_outcome(const GateReport& report) {
  GateOutcome worst = GateOutcome::passed;
  for (const GateFinding& finding : report.findings) worst = std::max(worst, finding.outcome);  // in order of severity
  return worst;
}

}  // namespace assay
