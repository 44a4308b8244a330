#include "experiments/trial/trial_hooks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "experiments/trial/side_command.hpp"

namespace assay::trial {
namespace {

/// One hook and what messages call it.
struct NamedHook {
  std::string name;
  const Argv& command;
};

std::optional<HookFailed> run_hook(const NamedHook& hook, const Workload& workload, const ArmSetup& setup,
                                   host::Launcher& launcher) {
  if (hook.command.empty()) return std::nullopt;
  if (auto failure = failure_of(launcher, hook.command, setup, workload.timeout))
    return HookFailed{hook.name, *failure};
  return std::nullopt;
}

const State& state_of(const Plan& plan, const ArmSetup& setup) {
  return assay::state_of(plan, cells(plan)[setup.cell], setup.arm);
}

}  // namespace

bool has_prepare_hooks(const Plan& plan, const ArmSetup& setup) {
  return !plan.workloads[setup.workload].hooks.prepare.empty() || !state_of(plan, setup).prepare.empty();
}

bool has_conclude_hooks(const Plan& plan, const ArmSetup& setup) {
  return !plan.workloads[setup.workload].hooks.conclude.empty() || !state_of(plan, setup).conclude.empty();
}

bool has_state_proof(const Plan& plan, const ArmSetup& setup) {
  return !state_of(plan, setup).prove.empty();
}

std::optional<HookFailed> run_prepare_hooks(const Plan& plan, const ArmSetup& setup, host::Launcher& launcher) {
  const Workload& workload = plan.workloads[setup.workload];
  const State& state = state_of(plan, setup);
  if (auto failed = run_hook({"prepare", workload.hooks.prepare}, workload, setup, launcher)) return failed;
  return run_hook({fmt::format("prepare of state {}", state.name), state.prepare}, workload, setup, launcher);
}

std::optional<HookFailed> run_conclude_hooks(const Plan& plan, const ArmSetup& setup, host::Launcher& launcher) {
  const Workload& workload = plan.workloads[setup.workload];
  const State& state = state_of(plan, setup);
  const auto of_state =
      run_hook({fmt::format("conclude of state {}", state.name), state.conclude}, workload, setup, launcher);
  auto of_workload = run_hook({"conclude", workload.hooks.conclude}, workload, setup, launcher);
  return of_state ? of_state : of_workload;
}

std::optional<StateUnproven> run_state_proof(const Plan& plan, const ArmSetup& setup, host::Launcher& launcher) {
  const State& state = state_of(plan, setup);
  if (state.prove.empty()) return std::nullopt;
  const auto failure = failure_of(launcher, state.prove, setup, plan.workloads[setup.workload].timeout);
  if (!failure) return std::nullopt;
  return StateUnproven{fmt::format("the proof of state {} {}", state.name, *failure)};
}

/// With these a shell, or `env`, says that there was no program to run.
bool means_not_run(int code) {
  return code == 126 || code == 127;
}

bool is_success(const host::ProcessResult& result, const Workload& workload) {
  const Exited* const exited = std::get_if<Exited>(&result.ending);
  if (exited == nullptr) return false;
  const std::vector<int>& accepted = workload.success_codes;
  if (accepted.empty()) return !means_not_run(exited->code);
  return std::find(accepted.begin(), accepted.end(), exited->code) != accepted.end();
}

}  // namespace assay::trial
