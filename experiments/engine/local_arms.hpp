#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/host/files/file_swap.hpp"
#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/audit/fingerprint.hpp"
#include "experiments/trial/sources/source_arms.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::engine {

/// Where the arms of a session live.
struct ArmFolders {
  std::string build_logs = {};  ///< absolute: the folder for logs of builds; empty: that of the workspace
  /// The folders, ports and files of every cell; empty: those of the workspace for all of them.
  std::vector<trial::SessionResources> by_cell = {};
};

/// The arms of a plan on this host, ready to start. They are built if they are made of revisions, and put in place if
/// the variable is a file.
class LocalArms {
 public:
  /// The references must outlive it.
  /// \param on_edit  as for `FileSwap`
  /// \throws Error if a file that the plan names has changed since.
  LocalArms(const Plan& plan, host::Launcher& launcher, const trial::Workspace& workspace, ArmFolders folders,
            host::RestorationSink on_edit);

  /// Clones and builds arms that are made of revisions. \throws Error if a build fails.
  void build(const StepSink& step, const std::function<bool()>& stop);
  /// Empty if arms are not made of revisions, or not yet made.
  [[nodiscard]] const std::optional<trial::SourceArms>& sources() const { return sources_; }
  [[nodiscard]] std::vector<Build> builds() const;

  [[nodiscard]] std::size_t cell_count() const { return setups_.size(); }
  [[nodiscard]] int builds_per_arm() const;
  /// By arm.
  [[nodiscard]] const std::vector<trial::ArmSetup>& setups(std::size_t cell, int build = 0) const;

  /// Puts an arm's file in its place, if the variable is a file.
  void put_in_place(ArmIndex arm);

  /// The fingerprints of every cell and arm. Each holds all builds of its arm.
  /// \throws Error as `Fingerprinter::take` does.
  [[nodiscard]] std::vector<trial::Fingerprint> fingerprints();

 private:
  using CellSetups = std::vector<std::vector<trial::ArmSetup>>;  ///< by build and arm

  [[nodiscard]] trial::SessionResources resources_of(std::size_t cell, int build) const;
  void make_setups();
  void add_changed_files(std::vector<trial::Fingerprint>& all);
  [[nodiscard]] std::set<std::string> written_in(const std::string& clone) const;

  const Plan& plan_;
  host::Launcher& launcher_;
  const trial::Workspace& workspace_;
  ArmFolders folders_;
  trial::Fingerprinter fingerprinter_;
  std::optional<trial::SourceArms> sources_;
  std::optional<host::FileSwap> file_;  ///< if the variable is a file
  std::vector<CellSetups> setups_;      ///< by cell
};

}  // namespace assay::engine
