#pragma once

#include <span>
#include <string>

#include "experiments/engine/slurm/cluster_queue.hpp"
#include "experiments/engine/slurm/task.hpp"

namespace assay::engine {

/// How many blocks are to be submitted, wait, or run, of the tasks that have not ended.
[[nodiscard]] BlocksInFlight blocks_in_flight(std::span<const Task> tasks, nanoseconds now);

/// Slurm's reason for which a task waits, if none runs: nodes that are drained or full may keep all of them waiting for
/// hours. Empty if one runs, or if Slurm gives no reason.
[[nodiscard]] std::string why_none_runs(std::span<const Task> tasks);

}  // namespace assay::engine
