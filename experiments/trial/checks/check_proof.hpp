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

/// Whether one check of one workload can fail.
struct CheckProof {
  std::string check;
  std::string workload;
  std::optional<std::string> control_failure;  ///< it fails on control as it is
  std::vector<BrokenArm> broken;

  /// It passes on control and fails on every broken arm.
  [[nodiscard]] bool holds() const;
};

/// Runs control of every workload once for each of its checks, then the broken arms: a null command; an empty output or
/// report; a report less one test; a trial that leaves a process or a file; output that is never the same. Only the
/// check at hand is in force; eviction and proofs of states are left out. Arms that are made of revisions are built
/// once, before.
/// \throws Error when an arm cannot be built or set up, or a program is missing.
[[nodiscard]] std::vector<CheckProof> prove_checks(const Plan& plan, host::Launcher& launcher,
                                                   const std::string& lock_path,
                                                   const std::function<void(std::string_view)>& on_step);

}  // namespace assay::trial
