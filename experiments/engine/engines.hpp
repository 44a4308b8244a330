#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/cluster_options.hpp"
#include "core/host/files/file_swap.hpp"
#include "core/plan.hpp"
#include "experiments/engine/engine.hpp"

namespace assay::engine {

struct QueueMember;

/// What an engine is made with.
struct EngineOptions {
  const Plan& plan;  ///< must outlive the engine
  /// The file of the measuring lock. Trials hand it on, so that an assay in a trial inherits the lock.
  std::string lock_path;
  StepSink step;
  /// Absolute: the folder for logs of builds. If it is empty, only the logs of failed builds are kept.
  std::string build_logs = {};
  /// Whether every trial is asked for its phases, also if no metric reads them.
  bool asks_for_phases = false;
  /// Receives where an edit of the variable's file is kept, at the latest when the engine is destroyed.
  host::RestorationSink on_edit = {};
  std::string plan_sha256 = {};  ///< a cluster's tasks check by it that they have the same plan
  std::string spools = {};       ///< absolute: the folder that an engine of a cluster shares with the nodes
  ClusterOptions cluster = {};
  QueueMember* member = nullptr;  ///< if other experiments share the cluster with this one; outlives the engine
  /// Absolute: a folder that builds, hooks, checks and trials must not see, as `host::Launcher` hides it. Empty: none.
  std::string hidden_folder = {};
};

/// Makes the engine of the plan by its name: `Plan::engine`, or "simulated" if the plan has a simulation.
/// \throws Error if there is no engine of that name, or it cannot be made.
[[nodiscard]] std::unique_ptr<Engine> make_engine(EngineOptions options);

/// Where an engine runs trials.
enum class TrialHost {
  this_host,  ///< on this host, which nobody else may measure on meanwhile
  cluster,
};
[[nodiscard]] TrialHost trial_host(const Plan& plan);

/// The names of all engines.
[[nodiscard]] std::vector<std::string_view> engine_names();

}  // namespace assay::engine
