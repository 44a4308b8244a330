#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/broken_arm.hpp"

namespace assay::trial {

/// Shows whether a check of a workload can fail.
struct CheckProof {
  std::string check;
  std::string workload;
  std::optional<std::string> control_failure;  ///< how it fails on control as it is; empty if it passes
  std::vector<BrokenArm> broken;
  std::vector<std::string> unstable = {};  ///< names of tests that only one of two runs of control has

  /// True if it passes on control and fails on every broken arm.
  [[nodiscard]] bool holds() const;
};

/// Runs control of every workload twice for each check that compares with it, once for each other, and then the arms
/// that are broken on purpose: a null command, an empty output or report, a report without one of its tests, a trial
/// that leaves a process or a file, an output that is never the same. These run in control's environment, and once more
/// in that of every treatment which has another one, since a check may be lenient where it sees that. Only the check to
/// be proven is in force, and states are neither evicted nor proven. Arms that are made of revisions are built once,
/// before everything else. \throws Error if an arm cannot be built or set up, or a program is missing.
[[nodiscard]] std::vector<CheckProof> prove_checks(const Plan& plan, host::Launcher& launcher,
                                                   const std::string& lock_path,
                                                   const std::function<void(std::string_view)>& on_step);

}  // namespace assay::trial
