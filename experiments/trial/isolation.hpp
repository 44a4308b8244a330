#pragma once

#include <optional>
#include <string>

#include "core/host/process.hpp"
#include "core/plan.hpp"
#include "core/trial.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::experiments {

/// Tries whether trials of an arm keep to themselves.
class IsolationChallenge {
 public:
  /// All must outlive it. \param lock_path  of the measuring lock, for the second instance's surroundings
  IsolationChallenge(const Plan& plan, host::Launcher& launcher, std::string lock_path);

  /// Runs the arm alone, once more, and beside a second instance of itself, which has folders and a port of its own and
  /// its own setup. Every run must end well and give the output of the first. Outside any clock.
  /// \returns the first check that fails; nothing where the workload has none or all hold.
  [[nodiscard]] std::optional<CheckFailed> run(const ArmSetup& setup);

 private:
  const Plan& plan_;
  host::Launcher& launcher_;
  std::string lock_path_;
};

}  // namespace assay::experiments
