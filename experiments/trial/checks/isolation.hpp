#pragma once

#include <string>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/broken_arm.hpp"

namespace assay::trial {

/// The arm that a challenge runs.
struct Challenged {
  const ArmSetup& setup;
  std::string scratch_file;  ///< for the input of a normaliser
};

/// Tries whether trials of an arm are isolated from each other, once for each isolation check of its workload.
///
/// Runs the arm alone, then once more, then beside a second instance of itself that has its own folders, port and
/// setup. If the variable shares something, a treatment also runs beside an instance that has these in common with it.
/// Every run must end well and give the output of the first. All of this is outside any clock.
///
/// If the variable shares something and a treatment passes a check, `prove_isolation` must show that the check can
/// fail, and the two instances must have run at the same time; otherwise the challenge says that isolation is not
/// proven.
///
/// \param lock_path  the path of the measuring lock, which the second instance hands on
[[nodiscard]] std::vector<IsolationChallenge> challenge_isolation(const Plan& plan, host::Launcher& launcher,
                                                                  const std::string& lock_path,
                                                                  const Challenged& challenged);

/// Shows whether a check can fail: runs two commands in place of the arm's, one that does nothing and one whose output
/// is never the same, and compares their output with the arm's.
[[nodiscard]] std::vector<BrokenArm> prove_isolation(const Plan& plan, host::Launcher& launcher,
                                                     const Challenged& challenged, const IsolationCheck& check);

}  // namespace assay::trial
