#include "experiments/session/block_notes.hpp"

#include <gtest/gtest.h>

#include "tests/support/side_by_side_plan.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::session {
namespace block_notes_tests {

Block block_on(const std::string& node) {
  Block block;
  block.node = node;
  return block;
}

Block lost_on(const std::string& node, std::vector<ArmIndex> running) {
  Block block = block_on(node);
  block.broken_off = BrokenOff{std::move(running)};
  return block;
}

std::string note_on(const std::vector<Block>& blocks) {
  return nodes_lost_note(test::small_plan(test::environment_variable("FAST")), blocks);
}

TEST(NodesLostNote, SaysWhichNodeLostHowManyAndWhatWasRunning) {
  EXPECT_EQ(note_on({block_on("n1"), lost_on("n2", {0}), lost_on("n2", {1}), lost_on("n2", {1}), block_on("n2")}),
            "n2 lost 3 of 4 blocks (while control ran: 1, while treatment ran: 2)");
}

TEST(NodesLostNote, NamesNoArmIfNoneWasRunning) {
  EXPECT_EQ(note_on({lost_on("n2", {})}), "n2 lost 1 of 1 blocks");
}

TEST(NodesLostNote, IsEmptyIfNothingWasLostOrNoClusterRanIt) {
  EXPECT_EQ(note_on({block_on("n1")}), "");
  EXPECT_EQ(note_on({lost_on("", {0})}), "");
}

/// A block of a workload in a group of two, whose trials keep so many CPUs busy.
Block busy_block(std::size_t cell, double cpus) {
  Block block{.cell = cell, .trials = {}, .beside = {cell == 0 ? 2U : 0U}};
  block.trials.resize(2);
  for (Trial& trial : block.trials) {
    trial.usage.wall = std::chrono::seconds(1);
    trial.usage.user = nanoseconds(static_cast<std::int64_t>(cpus * 1e9));
  }
  return block;
}

TEST(WeightNotes, NameAWorkloadThatTakesMoreThanItWeighs) {
  const Plan plan = test::plan_of_groups();  // a and c weigh a CPU each
  const std::vector<Block> blocks = {busy_block(0, 1.05), busy_block(2, 1.8), busy_block(0, 1.05), busy_block(2, 1.8)};
  EXPECT_EQ(
      weight_notes(plan, blocks),
      (std::vector<std::string>{"c kept 1.8 CPUs busy and was started on 1 CPU: it took CPU time from what ran "
                                "beside it; it chose others itself: declare what it takes, or keep it from that"}));
}

TEST(WeightNotes, AskForADeclarationIfTheGroupSharesItsCpus) {
  Plan plan = test::plan_of_groups();
  plan.workloads[0].weight["cpu"] = "0.5";  // a fraction: neither a nor c is bound
  EXPECT_EQ(
      weight_notes(plan, {busy_block(2, 1.8)}),
      (std::vector<std::string>{"c kept 1.8 CPUs busy and weighs 1 CPU: it took CPU time from what ran beside it; "
                                "declare what it takes"}));
}

TEST(WeightNotes, LookAtEachArmByItself) {
  const Plan plan = test::plan_of_groups();
  std::vector<Block> blocks(5, busy_block(2, 1));
  for (Block& block : blocks) block.trials[1].arm = 1;
  for (std::size_t index = 0; index < 3; ++index) blocks[index].trials[1].usage.user = std::chrono::seconds(2);
  EXPECT_EQ(weight_notes(plan, blocks).size(), 1U);  // most trials of one arm, and fewer than half of all
}

TEST(WeightNotes, SayNothingOfOneThatRunsAlone) {
  const Plan plan = test::plan_of_groups();
  Block alone = busy_block(0, 3);
  alone.beside.clear();
  EXPECT_TRUE(weight_notes(plan, {alone}).empty());
}

}  // namespace block_notes_tests
}  // namespace assay::session
