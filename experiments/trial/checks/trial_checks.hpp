#pragma once

#include <optional>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/trial.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// Runs the workload's command checks up to the first that fails.
[[nodiscard]] std::optional<CheckFailed> run_check_commands(const Plan& plan, const ArmSetup& setup,
                                                            host::Launcher& launcher);

}  // namespace assay::trial
