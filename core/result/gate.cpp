#include "core/result/gate.hpp"

#include <algorithm>

namespace assay {

bool fails(const GatePolicy& policy, GateOutcome outcome) {
  return policy.fail_on.count(outcome) > 0;
}

bool fails(const GateReport& report) {
  if (report.policy.fails_on_changed_rules && !report.rule_changes.empty()) return true;
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&report](const GateFinding& finding) { return fails(report.policy, finding.outcome); });
}

GateOutcome worst_outcome(const GateReport& report) {
  GateOutcome worst = GateOutcome::passed;
  for (const GateFinding& finding : report.findings) worst = std::max(worst, finding.outcome);  // in order of severity
  return worst;
}

}  // namespace assay
