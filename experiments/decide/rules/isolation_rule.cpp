#include "experiments/decide/rules/isolation_rule.hpp"

#include <algorithm>

namespace assay::decide {

bool awaits_isolation(const Plan& plan, const AuditResult& audit, const Comparison& comparison) {
  if (!plan.variable.shares) return false;
  const auto is_meant = [&comparison](const IsolationChallenge& challenge) {
    return challenge.cell.index == comparison.cell.index && challenge.arm == comparison.treatment.index;
  };
  const auto stood = [&](const IsolationChallenge& challenge) {
    return is_meant(challenge) && challenge.failure.empty() && challenge.unproven.empty();
  };
  const auto failed = [&](const IsolationChallenge& challenge) {
    return is_meant(challenge) && !challenge.failure.empty();
  };
  const std::vector<IsolationChallenge>& all = audit.challenges;
  // A vigilant attempt is challenged once more after its last block.
  if (plan.vigilant && std::any_of(all.begin(), all.end(), failed)) return true;
  return std::none_of(all.begin(), all.end(), stood);
}

}  // namespace assay::decide
