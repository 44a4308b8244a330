#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/trial.hpp"
#include "experiments/trial/checks/leak_watch.hpp"

namespace assay::trial {

/// Watches trial after trial for leaks, where a check of the workload asks for that, and holds against an arm what it
/// left before the first block.
class LeakLedger {
 public:
  /// All must outlive it.
  LeakLedger(const Plan& plan, const Workspace& workspace, host::Launcher& launcher, OnceNotes& notes);

  /// Just before a trial or warm-up, when its prepare has run. \returns how a list command failed.
  [[nodiscard]] std::optional<HookFailed> start(const ArmSetup& setup);
  /// Just after it. A list command that fails now voids the trial.
  void look(const std::vector<host::Survivor>& survivors, Outcome& outcome);
  /// After its conclude: what is left of a trial, or was left by its arm before the first block, fails it.
  void judge(const ArmSetup& setup, const std::vector<std::string>& left_in_tmpdir, Trial& trial);
  /// In place of `judge` where nothing is timed. A treatment that leaves something only the first time may live on it
  /// ever after. What control leaves then is there for both arms: it is noted.
  void keep(const ArmSetup& setup, const std::vector<std::string>& left_in_tmpdir);

 private:
  [[nodiscard]] std::string finish(const std::vector<std::string>& left_in_tmpdir);

  const Plan& plan_;
  const Workspace& workspace_;
  host::Launcher& launcher_;
  OnceNotes& notes_;
  std::optional<LeakWatch> watch_;  ///< of the trial at hand
  std::map<std::pair<std::size_t, ArmIndex>, std::string> early_leaks_;
};

/// Names a few of many: "a, b, c and 4 more".
[[nodiscard]] std::string enumerate(const std::vector<std::string>& names);

}  // namespace assay::trial
