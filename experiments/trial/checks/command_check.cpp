#include "experiments/trial/checks/command_check.hpp"

#include "experiments/trial/side_command.hpp"

namespace assay::trial {

CheckRule rule_for(const CommandCheck& check) {
  return {.needs = {.commands = {check.command}},
          .judgement = JudgedAfterTrial{[check](const ObservationContext& context, const EndedTrial& trial) {
            const Workload& workload = context.plan.workloads[trial.setup.workload];
            return failure_of(context.launcher, check.command, trial.setup, workload.timeout);
          }},
          .breaking_commands = [](const BreakingContext&) { return std::vector<BreakingCommand>{null_command()}; }};
}

}  // namespace assay::trial
