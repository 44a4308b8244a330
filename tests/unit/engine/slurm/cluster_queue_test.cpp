#include "experiments/engine/slurm/cluster_queue.hpp"

#include <gtest/gtest.h>

#include "tests/unit/engine/slurm/stand_in_cluster.hpp"

namespace assay::engine {
namespace cluster_queue_tests {

using std::chrono::hours;
using std::chrono::minutes;

std::size_t blocks_of(const Admission& admission) {
  const auto* const admitted = std::get_if<Admitted>(&admission);
  return admitted == nullptr ? 0 : admitted->blocks;
}

BlocksInFlight running(std::size_t count, nanoseconds held = minutes(1)) {
  return {.missing = 200, .waiting = 0, .running = std::vector<nanoseconds>(count, held)};
}

TEST(ClusterQueue, LetsTheOnlyExperimentSubmitAllAtOnce) {
  ClusterQueue queue({.priorities = {0}});
  EXPECT_EQ(blocks_of(queue.admit(0, {.missing = 200})), 200U);
}

TEST(ClusterQueue, LetsExperimentsOfOnePriorityTakeTurnsOfAFirstLook) {
  ClusterQueue queue({.priorities = {0, 0}});
  EXPECT_EQ(blocks_of(queue.admit(0, {.missing = 200})), 6U);
  EXPECT_EQ(blocks_of(queue.admit(1, {.missing = 3})), 3U);
}

TEST(ClusterQueue, WaitsUntilHalfATurnHasBegunSoThatArraysAreFew) {
  ClusterQueue queue({.priorities = {0, 0}});
  EXPECT_EQ(blocks_of(queue.admit(0, {.missing = 194, .waiting = 4, .running = {minutes(1), minutes(1)}})), 0U);
  EXPECT_EQ(blocks_of(queue.admit(0, {.missing = 194, .waiting = 3, .running = {minutes(1)}})), 3U);
}

TEST(ClusterQueue, LetsAsManyWaitAsRunSoThatAFreeClusterIsFilled) {
  ClusterQueue queue({.priorities = {0, 0}});
  EXPECT_EQ(blocks_of(queue.admit(0, running(40))), 40U);
}

TEST(ClusterQueue, LetsTheLastExperimentSubmitAllThatIsLeft) {
  ClusterQueue queue({.priorities = {0, 0}});
  queue.leave(1);
  EXPECT_EQ(blocks_of(queue.admit(0, {.missing = 200})), 200U);
}

TEST(ClusterQueue, SubmitsBlocksOfAHigherPriorityFirst) {
  ClusterQueue queue({.priorities = {0, 5}});
  queue.see(1, {.missing = 0, .waiting = 1});
  EXPECT_EQ(blocks_of(queue.admit(0, {.missing = 6})), 0U);
  queue.see(1, {.missing = 0, .waiting = 0, .running = {minutes(1)}});
  EXPECT_EQ(blocks_of(queue.admit(0, {.missing = 6})), 6U) << "what others leave is used";
}

TEST(ClusterQueue, WaitsAMomentForAHigherPriorityThatHasNotAskedYet) {
  ClusterQueue early({.priorities = {0, 5}});
  EXPECT_EQ(blocks_of(early.admit(0, {.missing = 6})), 0U);
  ClusterQueue late({.priorities = {0, 5}, .head_start = nanoseconds(0)});
  EXPECT_EQ(blocks_of(late.admit(0, {.missing = 6})), 6U) << "it may be building for an hour";
}

TEST(ClusterQueue, DoesNotLetALowerPriorityLimitAHigherOne) {
  ClusterQueue queue({.priorities = {0, 5}});
  EXPECT_EQ(blocks_of(queue.admit(1, {.missing = 200})), 200U);
}

TEST(ClusterQueue, SubmitsNoMoreThanTheBudgetHasTimeFor) {
  ClusterQueue queue({.priorities = {0}, .node_time = hours(5)});
  queue.block_ended(0, hours(1));
  EXPECT_EQ(blocks_of(queue.admit(0, {.missing = 6, .waiting = 1, .running = {minutes(10)}})), 2U)
      << "one is spent, one runs and one waits";
  EXPECT_TRUE(std::holds_alternative<NotYet>(queue.admit(0, {.missing = 4, .waiting = 4})));
}

TEST(ClusterQueue, CountsABlockThatRunsForLongerThanOthersDidAsItIs) {
  ClusterQueue queue({.priorities = {0}, .node_time = hours(5)});
  queue.block_ended(0, hours(1));
  EXPECT_EQ(blocks_of(queue.admit(0, {.missing = 6, .running = {hours(3)}})), 1U);
}

TEST(ClusterQueue, StopsAnExperimentWhoseNextBlockTheBudgetCannotPay) {
  ClusterQueue queue({.priorities = {0, 0}, .node_time = hours(5)});
  queue.block_ended(0, hours(3));
  EXPECT_TRUE(std::holds_alternative<NodeTimeIsSpent>(queue.admit(0, {.missing = 1})));
  queue.block_ended(1, hours(1));
  EXPECT_EQ(blocks_of(queue.admit(1, {.missing = 1})), 1U) << "a shorter one still fits";
  EXPECT_FALSE(queue.is_spent());
  queue.task_lost(1, hours(1));
  EXPECT_TRUE(queue.is_spent());
}

TEST(ClusterQueue, BeginsAnExperimentOfWhichNothingIsKnownWhileThereIsTime) {
  ClusterQueue queue({.priorities = {0, 0}, .node_time = hours(1)});
  EXPECT_EQ(blocks_of(queue.admit(0, {.missing = 200})), 6U);
  queue.task_lost(1, hours(1));
  EXPECT_TRUE(std::holds_alternative<NodeTimeIsSpent>(queue.admit(0, {.missing = 194, .waiting = 6})));
}

TEST(ClusterQueue, SubmitsOnlyAFirstTurnOfABudgetUntilABlockHasEnded) {
  ClusterQueue queue({.priorities = {0}, .node_time = hours(1)});
  EXPECT_EQ(blocks_of(queue.admit(0, {.missing = 200})), 6U);
  EXPECT_TRUE(std::holds_alternative<NotYet>(queue.admit(0, running(6, minutes(1)))));
  queue.block_ended(0, minutes(2));
  EXPECT_EQ(blocks_of(queue.admit(0, running(5, minutes(1)))), 24U) << "58 minutes less 5 blocks of 2";
}

TEST(ClusterQueue, CountsNodeTimeForEachExperiment) {
  ClusterQueue queue({.priorities = {0, 0}});
  queue.block_ended(0, minutes(2));
  queue.task_lost(0, minutes(1));
  EXPECT_EQ(queue.node_time(0), minutes(3));
  EXPECT_EQ(queue.node_time(1), nanoseconds(0));
}

TEST(ClusterQueue, ReadsTheClusterOnceForAllThatAskAndNeverGivesOneReadingTwice) {
  const StandInCluster cluster({.queue = "a|0|7|RUNNING|n1|None\\nb|0|8|PENDING||Resources\\n"});
  SlurmClient client;
  ClusterQueue queue({.priorities = {0, 0}});
  EXPECT_EQ(queue.rows(0, client, {"a"}, hours(1)).value().size(), 1U);
  EXPECT_EQ(queue.rows(1, client, {"b"}, hours(1)).value().front().job_name, "b");
  EXPECT_EQ(cluster.readings(), 2) << "the first reading did not ask for b";
  EXPECT_EQ(queue.rows(0, client, {"a"}, hours(1)).value().front().job_name, "a");
  EXPECT_EQ(cluster.readings(), 2) << "the second one asked for both";
  (void)queue.rows(0, client, {"a"}, hours(1));
  EXPECT_EQ(cluster.readings(), 3);
}

}  // namespace cluster_queue_tests
}  // namespace assay::engine
