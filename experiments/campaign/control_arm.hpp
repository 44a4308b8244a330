#pragma once

#include <string>

#include "core/host/machine/lock.hpp"
#include "core/plan.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/campaign/baseline_session.hpp"

namespace assay::campaign {

/// How a control arm is to be run.
struct ControlArmUse {
  int runs = 10;                ///< trials of each workload in each state
  attempt::RunOptions running;  ///< its signals and its patience
  /// Absolute: a folder that builds, hooks, checks and trials must not see. Empty: none.
  std::string hidden_folder = {};
};

/// Runs only the control arm of a plan, every cell in turn, while the caller holds the measuring lock.
/// \throws Error if the arm cannot be built or set up.
[[nodiscard]] MeasuredTrials measure_control_arm(const Plan& plan, const host::MeasuringLock& lock,
                                                 const ControlArmUse& use, attempt::Observer& observer);

}  // namespace assay::campaign
