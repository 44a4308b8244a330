#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/trial_runner.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::engine {

/// What runs the trials of a session where nothing runs beside them.
struct FirstLane {
  host::Launcher& launcher;
  trial::Workspace& workspace;
  trial::TrialRunner& runner;
};

/// The lanes in which workloads run side by side: one for each workload of a group, all of them different for the cells
/// of one group and used by every group. A lane has its own launcher, which knows the processes of its trials from
/// those of others, its own folders and ports of every arm, $TMPDIR and $ASSAY_SPANS, and for each cell its own CPUs.
/// Everything of a cell is run in its lane: setups, warm-ups, hooks and trials. If all cells are measured alone, there
/// is only the first lane.
class SideLanes {
 public:
  /// \param plan, first  must outlive it
  /// \throws Error if this process may not use as many CPUs as a group weighs, or not those that a workload names.
  SideLanes(const Plan& plan, FirstLane first, const std::string& hidden_folder, trial::SpanUse span_use);

  [[nodiscard]] host::Launcher& launcher(std::size_t cell);
  [[nodiscard]] trial::TrialRunner& runner(std::size_t cell);
  /// The folders, ports and files of every cell's lane, by cell.
  [[nodiscard]] std::vector<trial::SessionResources> resources() const;
  /// The CPUs that trials of a cell are bound to while others run beside them; empty: those that its workload names, or
  /// all.
  [[nodiscard]] const std::vector<int>& cpus(std::size_t cell) const { return cpus_.at(cell); }

  /// All launchers, the first lane's first.
  [[nodiscard]] std::vector<host::Launcher*> launchers();
  /// Changes of what every program reads when it starts, as any lane saw them.
  [[nodiscard]] std::vector<std::string> changed_surroundings() const;
  /// Which CPUs each workload has, and what the runners of all lanes have to say, each once.
  [[nodiscard]] std::vector<std::string> take_notes();

 private:
  struct Lane {
    Lane(const Plan& plan, const std::string& lock_path, const std::string& hidden_folder, trial::SpanUse span_use);
    host::Launcher launcher;
    trial::Workspace workspace;
    trial::TrialRunner runner;
  };

  const Plan& plan_;
  FirstLane first_;
  std::deque<Lane> others_;             ///< the second lane and those after it
  std::vector<std::size_t> lanes_;      ///< by cell
  std::vector<std::vector<int>> cpus_;  ///< by cell
  std::vector<std::string> notes_;
};

/// The CPUs of each cell of a group, of those that this process may use: the ones that its workload names, else as many
/// as it weighs from the front of what is left, none of them twice. All are empty if a weight is no whole number: such
/// trials share the CPUs. \throws Error if there are too few, or a named one may not be used.
[[nodiscard]] std::vector<std::vector<int>> cpus_of_group(const Plan& plan, const std::vector<std::size_t>& group,
                                                          const std::vector<int>& usable);

}  // namespace assay::engine
