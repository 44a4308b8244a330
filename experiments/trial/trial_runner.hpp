#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/result.hpp"
#include "core/trial.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/observation.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::trial {

/// One trial with what cannot be judged by itself: what its checks saw, to be held against control.
struct TrialReport {
  Trial trial;
  Observations observations;
};

/// A trial outside the clock, before the first block: it warms caches and shows what the arm prints.
struct WarmUp {
  Outcome outcome;
  Observations observations;
  std::string standard_output_sha256;  ///< empty where the workload sends it to a file
  std::string error_line;              ///< ": last line on stderr", or nothing
};

struct DuetTrial;

/// Runs single trials of one plan: hooks around them, checks and metrics after them, all outside the clock.
///
/// The order is: prepare, the state is proven, the results file is removed, the trial, its checks and metrics,
/// conclude, the check for leaks. What the trial left running or in $TMPDIR is ended or removed, and noted. A trial
/// that fails is a result, never an exception.
class TrialRunner {
 public:
  /// All three must outlive the runner. \throws Error for a metric whose expression does not parse.
  TrialRunner(const Plan& plan, host::Launcher& launcher, Workspace& workspace);
  ~TrialRunner();
  TrialRunner(TrialRunner&&) noexcept;
  TrialRunner& operator=(TrialRunner&&) noexcept;

  /// \param padding  bytes of environment padding, the same for all arms of a block
  /// \throws Error when the program cannot be started at all, or the launcher died.
  [[nodiscard]] TrialReport run(const ArmSetup& setup, int padding);
  /// \throws Error likewise.
  [[nodiscard]] WarmUp warm_up(const ArmSetup& setup);

  /// Tries whether the arm keeps to itself, once for each check of the workload that asks for that.
  /// \throws Error likewise.
  [[nodiscard]] std::vector<IsolationChallenge> challenge_isolation(const ArmSetup& setup);

  /// What a reader of the result should know of states and checks, each once.
  [[nodiscard]] std::vector<std::string> take_notes();

  /// Runs the workload's setup or cleanup for one arm: nothing when there is none or it succeeded, else why it failed.
  /// What a setup leaves running lives on.
  [[nodiscard]] std::optional<std::string> set_up(const ArmSetup& setup);
  [[nodiscard]] std::optional<std::string> clean_up(const ArmSetup& setup);

 private:
  friend std::vector<TrialReport> run_duet(const std::array<DuetTrial, 2>& trials, int padding);
  struct State;
  std::unique_ptr<State> state_;
};

/// One of two trials that run at once.
struct DuetTrial {
  TrialRunner& runner;  ///< with a launcher and a workspace that the other's has not
  const ArmSetup& setup;
  int cpu;
};

/// Runs both at once, as `TrialRunner::run` would run each: both are prepared before either starts, and concluded when
/// both have ended. Where one cannot be prepared neither starts, and only its report comes back.
/// \throws Error likewise.
[[nodiscard]] std::vector<TrialReport> run_duet(const std::array<DuetTrial, 2>& trials, int padding);

}  // namespace assay::trial
