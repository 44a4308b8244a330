#include "experiments/trial/checks/trial_checks.hpp"

#include <variant>

#include "experiments/trial/side_command.hpp"

namespace assay::trial {

std::optional<CheckFailed> run_check_commands(const Plan& plan, const ArmSetup& setup, host::Launcher& launcher) {
  const Workload& workload = plan.workloads[setup.workload];
  for (const Check& check : plan.checks) {
    const auto* const command = std::get_if<CommandCheck>(&check.kind);
    if (command == nullptr || !applies_to(check.workloads, workload.name)) continue;
    const std::optional<std::string> failure = failure_of(launcher, command->command, setup, workload.timeout);
    if (failure) return CheckFailed{check.name, *failure};
  }
  return std::nullopt;
}

}  // namespace assay::trial
