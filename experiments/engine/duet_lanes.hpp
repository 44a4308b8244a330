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

/// Where the two trials of a duet run side by side: each lane has a CPU, a launcher, which tells its trial's processes
/// from the other's, a $TMPDIR and an $ASSAY_SPANS of its own. The coin gives each arm its lane, so that nothing of a
/// lane can favour an arm. The first lane is what every other trial and hook is run in.
class DuetLanes {
 public:
  /// \param plan, first  must outlive it. \throws Error where there are no two CPUs for some workload.
  DuetLanes(const Plan& plan, trial::TrialRunner& first, const trial::Workspace& first_workspace);

  /// \param arms  that of the first lane, and of the second
  [[nodiscard]] std::vector<trial::TrialReport> run(const std::array<const trial::ArmSetup*, 2>& arms, int padding);

  [[nodiscard]] host::Launcher& second_launcher() { return second_launcher_; }
  /// The CPUs, and what is wrong with them; then what the second lane's runner has to say.
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
