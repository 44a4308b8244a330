#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/host/files/folder_watch.hpp"
#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/once_notes.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::trial {

/// The workload's check for leaks, where it has one.
[[nodiscard]] const Check* leak_check(const Plan& plan, const Workload& workload);

/// What is there of mounts, listening ports, and lines of the list commands: each as a text.
using Inventory = std::set<std::string>;

/// What one trial leaves behind (docs/methods/checks.md). Made just before the trial; `look` just after it; then
/// `leaks` once its conclude has run: what conclude took away is no leak.
///
/// In folders that many share ($HOME, /tmp, /var/tmp, /dev/shm) only entries of this user's count, that no other living
/// process uses, and that stay for two seconds.
class LeakWatch {
 public:
  /// All but `check` must outlive it.
  /// \throws Error when a list command fails.
  LeakWatch(const Plan& plan, const NoLeaksCheck& check, const ArmSetup& setup, const Workspace& workspace,
            host::Launcher& launcher, OnceNotes& notes);

  LeakWatch(const LeakWatch&) = delete;
  LeakWatch& operator=(const LeakWatch&) = delete;

  void look(const std::vector<host::Survivor>& survivors);
  /// Each in words: "process 4711 sleep 1000", "file /tmp/x". \param left_in_tmpdir  names that lay there at the end
  [[nodiscard]] std::vector<std::string> leaks(const std::vector<std::string>& left_in_tmpdir);

 private:
  [[nodiscard]] Inventory take_inventory() const;
  [[nodiscard]] std::vector<std::string> new_files() const;
  /// Waits as long as anything is there that others may have made, two seconds at most.
  void wait_for_others();
  void forget_removed_files();
  [[nodiscard]] std::set<std::string> doubtful_files() const;
  [[nodiscard]] bool is_ignored(const std::string& path) const;
  [[nodiscard]] bool is_declared(const std::string& path) const;
  [[nodiscard]] bool is_shared(const std::string& path) const;
  /// A new folder that holds declared files is looked into.
  void add_leaks_in(const std::string& path, std::vector<std::string>& files) const;

  const Plan& plan_;
  NoLeaksCheck check_;
  const ArmSetup& setup_;
  host::Launcher& launcher_;
  std::vector<std::string> own_folders_;  ///< where every new entry counts
  std::set<std::string> declared_;        ///< files that the trial is meant to write
  Inventory before_;
  std::optional<host::FolderWatch> files_;
  std::vector<std::string> processes_;
  Inventory new_things_;
  std::vector<std::string> new_paths_;
};

}  // namespace assay::trial
