#pragma once

#include <optional>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/trial.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// Whether the state has a command that proves it.
[[nodiscard]] bool has_state_proof(const Plan& plan, const ArmSetup& setup);
/// Whether a trial has any hook of that kind, of its workload or of its state.
[[nodiscard]] bool has_prepare_hooks(const Plan& plan, const ArmSetup& setup);
[[nodiscard]] bool has_conclude_hooks(const Plan& plan, const ArmSetup& setup);

/// Runs the workload's prepare, then the state's. \returns the first that failed.
[[nodiscard]] std::optional<HookFailed> run_prepare_hooks(const Plan& plan, const ArmSetup& setup,
                                                          host::Launcher& launcher);
/// Runs the state's conclude, then the workload's even if the first failed. \returns the first that failed.
[[nodiscard]] std::optional<HookFailed> run_conclude_hooks(const Plan& plan, const ArmSetup& setup,
                                                           host::Launcher& launcher);
/// Runs the state's own proof, if it has one. \returns how it failed.
[[nodiscard]] std::optional<StateUnproven> run_state_proof(const Plan& plan, const ArmSetup& setup,
                                                           host::Launcher& launcher);

/// True if the process ended with an exit code that the workload counts as success.
[[nodiscard]] bool is_success(const host::ProcessResult& result, const Workload& workload);

}  // namespace assay::trial
