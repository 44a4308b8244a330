#pragma once

#include <string>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/result.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/broken_arm.hpp"

namespace assay::trial {

/// An arm, as a challenge runs it.
struct Challenged {
  const ArmSetup& setup;
  std::string scratch_file;  ///< for what a normaliser reads
};

/// Tries whether trials of an arm keep to themselves, once for each check of its workload that asks for that.
///
/// Runs the arm alone, once more, and beside a second instance of itself, which has folders, a port and a setup of its
/// own; a treatment of a variable that shares something also beside one that has these in common with it. Every run
/// must end well and give the output of the first. Outside any clock.
///
/// Of a variable that shares something, a treatment that stood a check is followed by `prove_isolation`, and the two
/// instances must have run at the same time; else the challenge says that it is not proven.
/// \param lock_path  of the measuring lock, for the second instance's surroundings
[[nodiscard]] std::vector<IsolationChallenge> challenge_isolation(const Plan& plan, host::Launcher& launcher,
                                                                  const std::string& lock_path,
                                                                  const Challenged& challenged);

/// Shows that a check can fail: runs in the arm's place what does nothing, and what never does the same, and compares
/// their output with the arm's.
[[nodiscard]] std::vector<BrokenArm> prove_isolation(const Plan& plan, host::Launcher& launcher,
                                                     const Challenged& challenged, const IsolationCheck& check);

}  // namespace assay::trial
