#pragma once

#include <string>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/stop_request.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/engine/local_arms.hpp"
#include "experiments/trial/trial_runner.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::engine {

/// Runs arms where nothing announces a measurement (docs/methods/vigilance.md): without the variables that assay sets,
/// with another TMPDIR, and for arms that are made of sources in a copy of their clone.
class UnannouncedTrialRunner {
 public:
  /// All must outlive it. \param lock_path  of the measuring lock
  UnannouncedTrialRunner(const Plan& plan, host::Launcher& launcher, LocalArms& arms, const std::string& lock_path);

  /// Runs every arm of a cell, but of a challenge only those that the claim is about: once afresh, in the order of the
  /// arms, and then three times, arm by arm.
  /// \returns nothing if somebody asks to stop: what was broken off shows nothing.
  [[nodiscard]] VigilantRuns run_cell(std::size_t cell, const StopSignal& stop);

 private:
  struct Arm;
  [[nodiscard]] std::vector<Arm> arms_of(std::size_t cell);
  void copy_clone(const std::string& from, Arm& arm);
  void start_afresh(Arm& arm);
  void run_again(Arm& arm);

  const Plan& plan_;
  host::Launcher& launcher_;
  LocalArms& arms_;
  trial::Workspace workspace_;
  trial::TrialRunner runner_;
};

}  // namespace assay::engine
