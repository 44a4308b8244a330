#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/host/machine/settings.hpp"
#include "core/host/machine/strain.hpp"
#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/trial.hpp"
#include "experiments/trial/audit/declared_files.hpp"
#include "experiments/trial/audit/input_watch.hpp"
#include "experiments/trial/audit/linker_watch.hpp"
#include "experiments/trial/checks/leak_tracker.hpp"
#include "experiments/trial/earlier_files.hpp"
#include "experiments/trial/once_notes.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/spent_time.hpp"
#include "experiments/trial/state_proof.hpp"
#include "experiments/trial/trial_judge.hpp"
#include "experiments/trial/trial_runner.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::trial {

/// A trial in progress: its prepare has run, and its conclude is still to come.
struct OpenTrial {
  const ArmSetup* setup;
  int padding;  ///< that of its block
  TrialReport report = {};
  std::optional<Outcome> failure = {};  ///< what prevents the trial from being started
  std::optional<DeclaredFiles> files = {};
  nanoseconds services_before{};  ///< CPU time that services had used when it started
};

/// How the conclude hooks of one trial ended.
struct Concluded {
  int failures = 0;                        ///< of at most two tries
  std::string first = {};                  ///< how the first try failed, in words
  std::optional<HookFailed> failure = {};  ///< how the last one failed
};

/// The steps around single trials of one plan, of which `TrialRunner` makes trials, duets and warm-ups.
class TrialSteps {
 public:
  /// All three must outlive it. \throws Error for a metric or condition that does not parse.
  TrialSteps(const Plan& plan, host::Launcher& launcher, Workspace& workspace);

  /// Runs the setup of a workload that has one for each trial; what it leaves running lives until `take_down`.
  [[nodiscard]] std::optional<HookFailed> stand_up(const ArmSetup& setup);
  /// Runs the cleanup of such a workload, and ends what its setup left running.
  /// \param note  is told how the cleanup failed. \throws Error if a process cannot be ended.
  void take_down(const ArmSetup& setup, const std::function<void(std::string)>& note);
  /// Runs the prepare hooks, and starts to watch for leaks. Files that earlier trials wrote are removed before, since a
  /// prepare may put a file there that the trial works on.
  [[nodiscard]] std::optional<HookFailed> prepare(const ArmSetup& setup);
  /// Runs the conclude hooks, and once more if one fails, unless the plan follows the first rules.
  [[nodiscard]] Concluded run_concludes(const ArmSetup& setup);
  /// Runs the conclude hooks and keeps what they took. They fail without touching the trial, whose figures stand. By
  /// the first rules a trial that had ended well is void then; one that had not is only noted, since a crash must not
  /// be forgiven for what it left behind.
  void conclude(const ArmSetup& setup, TrialReport& report);

  /// Does everything that comes before the clock starts.
  [[nodiscard]] OpenTrial open(const ArmSetup& setup, int padding);
  /// The request for the trial. Only the trial is padded: what runs beside it is not measured.
  [[nodiscard]] host::ProcessRequest request(const OpenTrial& open) const;
  void run(OpenTrial& open);
  /// Evaluates what the trial showed.
  /// \param surely_within  the trial can neither have begun before nor ended after this span
  void settle(OpenTrial& open, const host::ProcessResult& result, const Span& surely_within);
  /// Does everything that comes after the clock stopped.
  [[nodiscard]] TrialReport close(OpenTrial open);

  /// What a reader of the result should know, each said once.
  [[nodiscard]] std::vector<std::string> take_notes();

  /// Runs the warm-up itself, between its hooks. A warm-up is what makes a state warm, so only other states are proven
  /// before it.
  void warm_up(const ArmSetup& setup, WarmUp& warm_up);

  /// Runs the command of a hook, if there is one. \returns how it failed.
  [[nodiscard]] std::optional<std::string> run_hook(const Argv& command, const ArmSetup& setup,
                                                    Descendants descendants);

  [[nodiscard]] const Workload& workload(const ArmSetup& setup) const { return plan.workloads[setup.workload]; }

  const Plan& plan;
  host::Launcher& launcher;
  Workspace& workspace;
  StateProof states;
  OnceNotes notes;
  LeakTracker leaks;
  host::StrainMeter strain;
  std::function<void()> before_judging;  ///< is called, if there is any, between a trial and its checks
  LinkerWatch linker{host::files_of_the_linker()};
  InputWatch inputs;

 private:
  /// Prepares the trial and brings its state about. \returns what prevents it from being started.
  [[nodiscard]] std::optional<Outcome> bring_about(const ArmSetup& setup, Trial& trial);
  /// Runs the command that proves the state, if there is one, and adds what it took.
  [[nodiscard]] std::optional<StateUnproven> prove_state(const ArmSetup& setup, SpentTime& spent);
  /// Look whether declared inputs are what they were; attempts of 0.1.0 go without.
  void look_at_inputs_before(const ArmSetup& setup);
  void look_at_inputs_after(const ArmSetup& setup);
  [[nodiscard]] host::ProcessResult repeat_warm_up(const ArmSetup& setup);

  /// Evaluates an ended trial by its checks and metrics.
  void judge(OpenTrial& open, const host::ProcessResult& result, const Span& surely_within);

  TrialJudge judge_;
  SpentTime last_prepare_;
  EarlierFiles earlier_;
};

}  // namespace assay::trial
