#include "experiments/trial/checks/isolation_check.hpp"

namespace assay::trial {

CheckRule rule_for(const IsolationCheck& check) {
  return {.needs = {},
          .judgement =
              ChallengedBeforehand{[check](const Plan& plan, host::Launcher& launcher, const Challenged& challenged) {
                return prove_isolation(plan, launcher, challenged, check);
              }},
          .breaking_commands = [](const BreakingContext&) { return std::vector<BreakingCommand>{}; }};
}

}  // namespace assay::trial
