#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/block.hpp"
#include "core/units.hpp"
#include "experiments/engine/slurm/block_key.hpp"
#include "experiments/engine/slurm/queue_listing.hpp"
#include "experiments/engine/slurm/task_files.hpp"

namespace assay::engine {

/// It handed in its block.
struct TaskDone {
  TaskResult result;
};
/// It was lost after its first trial had started.
struct TaskLost {
  Block block;  ///< what is left of it
};
/// Somebody asked to stop before its first trial had started.
struct TaskDropped {};
using TaskEnd = std::variant<TaskDone, TaskLost, TaskDropped>;

/// One block that the cluster is to run, in whatever generation that comes about.
struct Task {
  BlockOrder order;
  BlockKey key;
  std::string file;       ///< the name of its block's files
  int generation = 0;     ///< that may still run it; 0: none, so it is to be submitted
  std::size_t index = 0;  ///< in the array of that generation
  int unstarted = 0;      ///< generations of this session that were lost before a trial
  int failures = 0;       ///< tasks of this session that could not run it
  std::optional<TaskEnd> end = {};

  std::optional<QueueRow> row = {};               ///< as the queue last showed it
  std::optional<nanoseconds> running_since = {};  ///< when the queue first showed it running
  int polls_unseen = 0;
  nanoseconds unseen_since{};
  std::string progress_mark = {};
  nanoseconds progress_since{};
  bool was_repeated = false;  ///< see `TaskSight`

  /// From now on a generation may run it.
  void begin(int number, std::size_t place) {
    generation = number;
    index = place;
    row.reset();
    running_since.reset();
    polls_unseen = 0;
    progress_mark.clear();
    progress_since = {};
    was_repeated = false;
  }
  [[nodiscard]] bool is_open() const { return !end; }
};

}  // namespace assay::engine
