#include "experiments/engine/slurm/open_tasks.hpp"

namespace assay::engine {

BlocksInFlight blocks_in_flight(std::span<const Task> tasks, nanoseconds now) {
  BlocksInFlight blocks;
  for (const Task& task : tasks) {
    if (!task.is_open()) continue;
    if (task.generation == 0) {
      ++blocks.missing;
    } else if (task.running_since) {
      blocks.running.push_back(now - *task.running_since);
    } else {
      ++blocks.waiting;
    }
  }
  return blocks;
}

std::string why_none_runs(std::span<const Task> tasks) {
  std::string why;
  for (const Task& task : tasks) {
    if (!task.is_open() || !task.row) continue;
    if (task.row->state == QueueState::running) return "";
    if (task.row->state == QueueState::waiting && task.row->reason != "None") why = task.row->reason;
  }
  return why;
}

}  // namespace assay::engine
