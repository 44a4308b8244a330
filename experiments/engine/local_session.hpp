#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/engine/engines.hpp"
#include "experiments/engine/harness_probe.hpp"
#include "experiments/engine/isolation_results.hpp"
#include "experiments/engine/lanes/duet_lanes.hpp"
#include "experiments/engine/lanes/side_lanes.hpp"
#include "experiments/engine/local_arms.hpp"
#include "experiments/engine/output_comparison.hpp"
#include "experiments/engine/read_files.hpp"
#include "experiments/engine/running_blocks.hpp"
#include "experiments/trial/audit/reach.hpp"
#include "experiments/trial/checks/older_files.hpp"
#include "experiments/trial/checks/output_references.hpp"
#include "experiments/trial/spent_time.hpp"
#include "experiments/trial/trial_runner.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::engine {

/// A hook that runs once for an arm and workload. Its name is in records.
enum class ArmHook { setup, cleanup };

/// One session of the local engine: its arms, what runs them, and what is known of them so far.
struct LocalSession {
  host::Launcher launcher;
  const Plan& plan;
  StepSink step;
  RunningBlockSink running = {};  ///< empty: nobody follows
  trial::Workspace workspace;
  trial::TrialRunner runner;      ///< that of the first lane
  SideLanes lanes;                ///< of workloads that run side by side
  std::optional<DuetLanes> duet;  ///< if both arms run at once
  trial::OutputReferences references;
  trial::OlderFiles older_files;
  OutputComparison outputs;
  LocalArms arms;
  std::optional<trial::Reach> reach;           ///< if arms are made of revisions
  std::vector<const trial::ArmSetup*> set_up;  ///< whose setup ran, and whose cleanup is still to be run
  std::vector<std::string> notes;
  std::vector<HookRun> hook_runs;  ///< setups and cleanups
  IsolationResults isolation;
  HarnessFindings harness;              ///< of all treatments and cells
  std::vector<TriedPlant> broken_arms;  ///< of a challenge
  std::vector<WarmUps> warm_up_times;   ///< of the first build of each arm
  bool was_compared_with_floor = false;
  bool is_null_noted = false;
  std::string hidden_folder;  ///< empty: nothing is hidden, or it was noted that it cannot be

  explicit LocalSession(EngineOptions options);

  [[nodiscard]] const std::string& label(ArmIndex arm) const { return plan.variable.levels[arm].label; }
  /// "treatment (custom-html (warm))".
  [[nodiscard]] std::string name_of(const trial::ArmSetup& setup) const;

  /// Says once that the folder which trials must not see could not be hidden.
  void note_what_is_not_hidden();
  /// Keeps what a hook took, if the workload has it.
  void note_hook(ArmHook hook, const trial::ArmSetup& setup, const trial::SpentTime& spent);

  /// Proves the checks by arms that are broken on purpose, before anything else, in a challenge and if the plan is
  /// vigilant. In an attempt, a check that is lenient with a treatment confounds the arms; in a challenge it is a fault
  /// that treatment hides (`broken_arms`).
  void break_arms();
  /// Runs the setup of every workload once, for all its states.
  /// \throws Error (invalid) if one fails.
  void set_up_arms(const StopSignal& stop);
  void warm_up_cell(std::size_t cell, const StopSignal& stop);
  void challenge_isolation(std::size_t cell, const StopSignal& stop);
  /// The same, before blocks that were drawn, if the plan is vigilant: nobody knows when it comes.
  void challenge_isolation_before(std::span<const BlockOrder> orders, const StopSignal& stop);
  /// Looks whether checks of a cell read files that a treatment alters.
  void probe_harness_of(std::size_t cell, const StopSignal& stop);
  void keep_time(const trial::ArmSetup& setup, const trial::WarmUp& warm_up);
  /// Runs one block, or those that run side by side. \returns the block if it was broken off.
  std::optional<DroppedBlock> run_blocks(std::span<const BlockOrder> orders, const BlockSink& sink,
                                         const StopSignal& stop);

 private:
  /// True for the first cell of a workload: a workload's setup serves all its states.
  [[nodiscard]] bool is_first_of_workload(std::size_t cell) const;
  /// Looks at what the very first trials of a cell showed.
  void examine(std::size_t cell, int build, const std::vector<trial::WarmUp>& warm_ups);
  /// The files of the change that are no part of what was built; empty if they cannot be told from it.
  [[nodiscard]] std::optional<ReadFiles> changed_data(const trial::ArmSetup& setup) const;
  void note_changed_data(const trial::ArmSetup& setup, const std::vector<std::string>& paths);
  /// Looks for guards that cannot be measured, before anything is spent. \throws Error for one that must be.
  void require_metrics(const trial::ArmSetup& setup, const trial::WarmUp& warm_up);
  /// Notes treatments that print something else than control only once blocks run.
  void compare_printed(const BlockOrder& order, const std::vector<trial::TrialReport>& reports);
  /// Notes that a program which writes much sees its output go to /dev/null, which some notice.
  void compare_outputs(const trial::ArmSetup& setup, const trial::WarmUp& warm_up);
  struct Trials {
    std::vector<trial::TrialReport> reports;
    std::optional<DroppedBlock> dropped;  ///< if it was broken off
  };
  /// Runs the trials of a block.
  Trials run_trials(const BlockOrder& order, RunningBlocks& block, const StopSignal& stop);
  Trials run_both(const BlockOrder& order, RunningBlocks& block, const StopSignal& stop);
  /// Runs blocks side by side. \returns the block if it was broken off.
  std::optional<DroppedBlock> run_side_by_side(std::span<const BlockOrder> orders, const BlockSink& sink,
                                               const StopSignal& stop);
  /// Judges a block's trials and puts them into it.
  Block judged(const BlockOrder& order, Block header, std::vector<trial::TrialReport> reports);
  /// The error that ends a session because conclude failed twice.
  [[nodiscard]] Error not_concluded(const BlockOrder& order, const trial::TrialReport& report) const;
  /// Warns of short trials, once, after the first block: warm-ups are slower than what they warm up.
  void compare_with_floor(const Block& block);
};

}  // namespace assay::engine

template <>
struct assay::EnumNames<assay::engine::ArmHook> {
  static constexpr std::array<std::string_view, 2> values = {"setup", "cleanup"};
};
