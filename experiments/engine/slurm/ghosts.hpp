#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/units.hpp"
#include "experiments/engine/slurm/slurm_client.hpp"

namespace assay::engine {

/// How long the tasks of an attempt whose blocks are all handed on may stay in the queue.
struct GhostPatience {
  nanoseconds ending = std::chrono::seconds(2);  ///< tasks that have just handed in their block end by themselves
  nanoseconds listed = std::chrono::seconds(30);
  /// The controller may be down, and come back with tasks that it believes to run.
  nanoseconds unread = std::chrono::seconds(60);
  nanoseconds longest_pause = std::chrono::seconds(2);  ///< between two readings of the queue
};

/// Whether the queue was seen without them.
enum class GhostsEnd { gone, perhaps_left };

/// Ends what the queue still has of arrays whose blocks were all handed on: tasks that a restored controller believes
/// to run, or starts again. A cancellation may be lost with the controller, so it is repeated until the queue no longer
/// lists them. Tasks that Slurm only cleans up after count as gone: nobody can hasten that.
[[nodiscard]] GhostsEnd end_ghosts(SlurmClient& client, const std::vector<std::string>& job_names,
                                   const GhostPatience& patience);

}  // namespace assay::engine
