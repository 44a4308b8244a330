#include "experiments/decide/rules/isolation_rule.hpp"

#include <algorithm>

namespace assay::decide {

bool awaits_isolation(const Plan& plan, const AuditResult& audit, const Comparison& comparison) {
  if (!plan.variable.shares) return false;
  const auto stood = [&comparison](const IsolationChallenge& challenge) {
    return challenge.cell.index == comparison.cell.index && challenge.arm == comparison.treatment.index &&
           challenge.failure.empty() && challenge.unproven.empty();
  };
  return std::none_of(audit.challenges.begin(), audit.challenges.end(), stood);
}

}  // namespace assay::decide
