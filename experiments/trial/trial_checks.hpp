#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/host/process.hpp"
#include "core/plan.hpp"
#include "core/trial.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::experiments {

/// One per check of the plan: the digest of what a same-output check compares; nothing for other checks, and where the
/// trial ended before it could be taken.
using OutputDigests = std::vector<std::optional<std::string>>;

/// A trial that has ended, with what its checks look at.
struct EndedTrial {
  const ArmSetup& setup;
  const host::ProcessResult& result;
  const std::vector<std::string>& untouched_files;  ///< declared files that it did not write
};

/// The files that same-output checks of the workload compare.
[[nodiscard]] std::vector<std::string> compared_files(const Plan& plan, const Workload& workload);

/// Takes the digest of every output that is compared. A file that is missing or was not written by this trial fails its
/// check.
[[nodiscard]] std::optional<CheckFailed> take_digests(const Plan& plan, const EndedTrial& trial,
                                                      OutputDigests& digests);

/// Runs the workload's command checks up to the first that fails.
[[nodiscard]] std::optional<CheckFailed> run_check_commands(const Plan& plan, const ArmSetup& setup,
                                                            host::Launcher& launcher);

}  // namespace assay::experiments
