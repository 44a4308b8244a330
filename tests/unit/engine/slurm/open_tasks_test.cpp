#include "experiments/engine/slurm/open_tasks.hpp"

#include <gtest/gtest.h>

namespace assay::engine {
namespace open_tasks_tests {

Task in_queue(QueueState state, std::string reason) {
  Task task;
  task.generation = 1;
  task.row = QueueRow{};
  task.row->state = state;
  task.row->reason = std::move(reason);
  return task;
}

TEST(WhyNoneRuns, IsSlurmsReasonUntilOneRuns) {
  const std::string drained = "Nodes required for job are DOWN, DRAINED or reserved";
  std::vector<Task> tasks = {in_queue(QueueState::waiting, drained), in_queue(QueueState::waiting, "None")};
  EXPECT_EQ(why_none_runs(tasks), drained);
  tasks.push_back(in_queue(QueueState::running, "None"));
  EXPECT_EQ(why_none_runs(tasks), "");
  tasks.back().end = TaskDropped{};
  EXPECT_EQ(why_none_runs(tasks), drained);
}

TEST(WhyNoneRuns, IsEmptyWithoutAReason) {
  EXPECT_EQ(why_none_runs({}), "");
  EXPECT_EQ(why_none_runs(std::vector{Task{}, in_queue(QueueState::waiting, "None")}), "");
}

TEST(BlocksInFlight, AreThoseOfTasksThatHaveNotEnded) {
  std::vector<Task> tasks(4);
  tasks[1].generation = 1;
  tasks[2].generation = 1;
  tasks[2].running_since = nanoseconds{30};
  tasks[3].end = TaskDropped{};
  const BlocksInFlight blocks = blocks_in_flight(tasks, nanoseconds{100});
  EXPECT_EQ(blocks.missing, 1U);
  EXPECT_EQ(blocks.waiting, 1U);
  EXPECT_EQ(blocks.running, std::vector{nanoseconds{70}});
}

}  // namespace open_tasks_tests
}  // namespace assay::engine
