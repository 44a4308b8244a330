#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/trial.hpp"
#include "experiments/trial/checks/leak_watch.hpp"

namespace assay::trial {

/// Watches trial after trial for leaks, if a check of the workload asks for that, and remembers what each arm left
/// before the first block.
class LeakTracker {
 public:
  /// All must outlive it.
  LeakTracker(const Plan& plan, const Workspace& workspace, host::Launcher& launcher, OnceNotes& notes);

  /// Starts to watch, just before a trial or warm-up, after its prepare. \returns how a list command failed.
  [[nodiscard]] std::optional<HookFailed> start(const ArmSetup& setup);
  /// Looks what there is just after it. If a list command fails now, the trial is void.
  void look(const std::vector<host::Survivor>& survivors, Outcome& outcome);
  /// Fails a trial, after its conclude, for what it left, or for what its arm left before the first block.
  void judge(const ArmSetup& setup, const std::vector<std::string>& left_in_tmpdir, Trial& trial);
  /// To be called in place of `judge` if nothing is timed. A treatment that leaves something only the first time may
  /// profit from it ever after, so this is held against it. What control leaves then is there for both arms and is only
  /// noted.
  void keep(const ArmSetup& setup, const std::vector<std::string>& left_in_tmpdir);

  /// What list commands took since the last call, or since the watch over this trial began.
  [[nodiscard]] SpentTime take_listed();

 private:
  [[nodiscard]] std::string finish(const ArmSetup& setup, const std::vector<std::string>& left_in_tmpdir);
  void note_doubts(const ArmSetup& setup);
  /// What treatment changes of files that were there and control leaves as they are. Control changes logs and databases
  /// as well, so only the difference counts.
  [[nodiscard]] std::vector<std::string> changed_by_treatment(const ArmSetup& setup);

  const Plan& plan_;
  const Workspace& workspace_;
  host::Launcher& launcher_;
  OnceNotes& notes_;
  std::optional<LeakWatch> watch_;  ///< that of the current trial
  SpentTime listed_in_;             ///< of watches that have ended
  SpentTime taken_;                 ///< what was asked for of it
  std::map<std::pair<std::size_t, ArmIndex>, std::string> early_leaks_;
  std::set<std::pair<std::size_t, ArmIndex>> doubted_;               ///< of which a note tells already
  std::map<std::size_t, std::set<std::string>> changed_by_control_;  ///< relative paths, by cell, once it was watched
};

/// Names the first few: "a, b, c and 4 more".
[[nodiscard]] std::string enumerate(const std::vector<std::string>& names);

}  // namespace assay::trial
