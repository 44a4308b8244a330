#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/host/files/folder_watch.hpp"
#include "core/host/process/process.hpp"
#include "core/host/process/process_activity.hpp"
#include "core/host/process/shared_objects.hpp"
#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/once_notes.hpp"
#include "experiments/trial/spent_time.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::trial {

/// The workload's check for leaks; nullptr if it has none.
[[nodiscard]] const Check* leak_check(const Plan& plan, const Workload& workload);

/// The mounts, shared objects and lines of the list commands that there are, or the listening ports, each as a text.
using Inventory = std::set<std::string>;

/// Finds what a trial leaves behind (docs/methods/checks.md). It is made just before the trial, `look` is called just
/// after it, and `leaks` after its conclude, since what conclude removes is no leak.
///
/// In folders that many processes share ($HOME, /tmp, /var/tmp, /dev/shm, /run, /etc, /var/cache, /opt, /srv,
/// /usr/local, and / itself), an entry counts only if it belongs to this user, or was given to one who runs nothing,
/// came while the trial ran, no other living process uses it, and it stays for two seconds in which nothing else comes
/// or goes at its place.
class LeakWatch {
 public:
  /// All but `check` must outlive it.
  /// \throws Error if a list command fails.
  LeakWatch(const Plan& plan, const NoLeaksCheck& check, const ArmSetup& setup, const Workspace& workspace,
            host::Launcher& launcher, OnceNotes& notes);

  LeakWatch(const LeakWatch&) = delete;
  LeakWatch& operator=(const LeakWatch&) = delete;

  void look(const std::vector<host::Survivor>& survivors);
  /// What was left behind, each in words: "process 4711 sleep 1000", "file /tmp/x".
  /// \param left_in_tmpdir  the names that were in $TMPDIR at the end
  [[nodiscard]] std::vector<std::string> leaks(const std::vector<std::string>& left_in_tmpdir);

  /// The files of the working directory and the like that were there before, and that the trial changed: their content,
  /// mode, owner or extended attributes. To be called after its conclude.
  [[nodiscard]] std::vector<std::string> changed_files() const;

  /// What came where services write, which is only noted: paths that the trial may have made in `folders_of_services`
  /// and, beside a service in it, in the arm's own folder; and the folders whose time somebody set. To be called after
  /// `leaks`. Each in words: "/var/lib/x", "the time of /srv/data".
  [[nodiscard]] std::vector<std::string> doubts() const;

  /// What its list commands took so far.
  [[nodiscard]] const SpentTime& listed_in() const { return listed_in_; }

 private:
  [[nodiscard]] Inventory take_inventory(host::Makers makers);
  [[nodiscard]] std::vector<std::string> appeared() const;
  [[nodiscard]] std::vector<std::string> new_files(host::FileMoment ended) const;
  [[nodiscard]] bool is_doubtful(const std::string& path, host::FileMoment ended) const;
  /// Waits as long as there is anything that other processes may have made, but at most two seconds. Then forgets what
  /// came where others work.
  void wait_for_others();
  [[nodiscard]] std::vector<std::string> shared_entries() const;
  void forget_removed_files();
  [[nodiscard]] std::set<std::string> doubtful_files() const;
  [[nodiscard]] bool is_ignored(const std::string& path) const;
  [[nodiscard]] bool is_declared(const std::string& path) const;
  [[nodiscard]] bool is_shared(const std::string& path) const;
  /// Adds a path; for a new folder that holds declared files, adds what else is in it.
  void add_leaks_in(const std::string& path, std::vector<std::string>& files) const;

  const Plan& plan_;
  NoLeaksCheck check_;
  const ArmSetup& setup_;
  host::Launcher& launcher_;
  OnceNotes& notes_;
  std::vector<std::string> own_folders_;  ///< folders in which every new entry counts
  std::set<std::string> declared_;        ///< files that the trial is meant to write
  Inventory before_;
  Inventory ports_before_;
  std::optional<host::FolderWatch> files_;
  std::optional<host::FolderWatch> outlying_;     ///< what counts as in other shared folders
  std::optional<host::FolderWatch> of_services_;  ///< what is only noted
  host::FileMoment ended_;                        ///< when the trial had ended
  std::vector<std::string> processes_;
  Inventory new_things_;
  Inventory new_ports_;
  std::vector<std::string> new_paths_;
  std::map<std::string, host::FileMoment> changed_paths_;
  host::ProcessActivity activity_;
  SpentTime listed_in_;
};

}  // namespace assay::trial
