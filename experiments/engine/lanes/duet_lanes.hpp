#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/host/machine/cpus.hpp"
#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/trial_runner.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::engine {

/// Runs the two trials of a duet side by side, each in a lane. A lane has its own CPU, $TMPDIR, $ASSAY_SPANS and
/// launcher, which knows the processes of its trial from those of the other. The coin draws the lane of each arm, so a
/// lane cannot favour an arm. Every other trial and every hook runs in the first lane.
class DuetLanes {
 public:
  /// \param plan, first  must outlive it
  /// \throws Error if there are no two CPUs for some workload.
  DuetLanes(const Plan& plan, trial::TrialRunner& first, const trial::Workspace& first_workspace,
            const std::string& hidden_folder);

  /// \param arms  the arm of the first lane and that of the second
  /// \param starts  is called just before both programs start, if they do
  [[nodiscard]] std::vector<trial::TrialReport> run(const std::array<const trial::ArmSetup*, 2>& arms, int padding,
                                                    const trial::Between& starts);

  [[nodiscard]] host::Launcher& second_launcher() { return second_launcher_; }
  /// Which CPUs are used and what is wrong with them, then the notes of the second lane's runner.
  [[nodiscard]] std::vector<std::string> take_notes();

 private:
  trial::TrialRunner& first_;
  host::Launcher second_launcher_;
  trial::Workspace second_workspace_;
  trial::TrialRunner second_;
  std::vector<host::CpuPair> cpus_;  ///< by workload
  std::vector<std::string> notes_;
};

}  // namespace assay::engine
