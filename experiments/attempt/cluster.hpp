#pragma once

#include <string>

#include "core/engine/cluster_options.hpp"
#include "core/host/machine/lock.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/record/lab.hpp"

namespace assay::attempt {

/// Whether the blocks of an experiment run on the nodes of a cluster, and not on this host.
[[nodiscard]] bool runs_on_cluster(const ExperimentFile& experiment);

/// The environment that verdicts of a cluster hold for, unless the caller names one: "slurm", or "slurm-gpu" for the
/// partition gpu. Each partition has verdicts and baselines of its own.
[[nodiscard]] std::string cluster_environment(const ClusterOptions& options);

/// The absolute folder of all spools: that of the caller, else one in the lab.
[[nodiscard]] std::string spools_of(const record::Lab& lab, const ClusterOptions& options);

/// What one process at a time coordinates.
struct Coordinated {
  std::string spools;
  std::string hypothesis_sha256;
};
/// Takes the right to coordinate attempts at one hypothesis. This host may measure something else meanwhile, and other
/// experiments may use the cluster. \throws host::HostBusyError if another process has it.
[[nodiscard]] host::MeasuringLock take_coordinator_lock(const Coordinated& what, const std::string& purpose,
                                                        const RunOptions& options, Observer& observer);

/// Removes what an attempt that has its record shared with the nodes, hidden values included.
void remove_spool(const std::string& spools, const std::string& plan_sha256);

/// The same for an attempt that is closed: the cluster's tasks of it are ended first.
void abandon_spool(const std::string& spools, const std::string& plan_sha256);

}  // namespace assay::attempt
