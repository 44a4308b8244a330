#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/cpus.hpp"
#include "experiments/design/schedule.hpp"
#include "experiments/engine/lanes/order_groups.hpp"
#include "experiments/engine/lanes/side_lanes.hpp"
#include "experiments/engine/local_engine.hpp"
#include "tests/support/go_on.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/side_by_side_plan.hpp"

namespace assay::engine {
namespace side_by_side_engine_tests {

const std::string kAct = ASSAY_ACT;
const std::string kWork = ASSAY_WORK;
using Cpus = std::vector<std::vector<int>>;

Plan plan_of(const std::vector<std::string>& weights, std::vector<std::vector<std::size_t>> groups) {
  Plan plan = test::plan_of_weights(weights, {kAct, "exit", "0"});
  plan.groups = std::move(groups);
  return plan;
}

TEST(CpusOfAGroup, AreAsManyAsEachWeighsAndNoneTwice) {
  EXPECT_EQ(cpus_of_group(plan_of({"2", "1"}, {{0, 1}}), {0, 1}, {4, 5, 7, 9}), (Cpus{{4, 5}, {7}}));
}

TEST(CpusOfAGroup, AreTakenInTheOrderInWhichTheyShouldBe) {
  EXPECT_EQ(cpus_of_group(plan_of({"1", "1"}, {{0, 1}}), {0, 1}, {4, 6, 5, 7}), (Cpus{{4}, {6}}));
}

TEST(CpusOfAGroup, AreThoseThatAWorkloadNames) {
  Plan plan = plan_of({"1", "1"}, {{0, 1}});
  plan.workloads[1].limits.cpus = {4};
  EXPECT_EQ(cpus_of_group(plan, {0, 1}, {4, 5}), (Cpus{{5}, {4}}));
  EXPECT_EQ(test::message_of([&] {
              (void)cpus_of_group(plan, {0, 1}, {5, 6});
            }),
            "workload b: limits.cpus names CPU 4, which this process may not use");
}

TEST(CpusOfAGroup, AreSharedIfAWeightIsAFraction) {
  EXPECT_EQ(cpus_of_group(plan_of({"1", "0.5"}, {{0, 1}}), {0, 1}, {4, 5}), (Cpus{{}, {}}));
}

TEST(CpusOfAGroup, MustBeThere) {
  const Plan plan = plan_of({"1", "1"}, {{0, 1}});
  EXPECT_EQ(test::message_of([&] {
              (void)cpus_of_group(plan, {0, 1}, {4});
            }),
            "a and b run side by side, and there are too few CPUs: 0 of 1 for b: use a machine like the one that the "
            "attempt was planned on");
}

TEST(OrderGroups, AreTheOrdersOfACellOrOfItsGroup) {
  const Plan plan = test::plan_of_groups();
  std::vector<BlockOrder> orders;
  for (const std::size_t cell : {0U, 2U, 1U}) orders.push_back(design::block_order(plan, cell, 1));
  std::span<const BlockOrder> left = orders;
  EXPECT_EQ(take_group(plan, left).size(), 2U);
  EXPECT_EQ(take_group(plan, left).front().cell, 1U);
  EXPECT_TRUE(left.empty());
}

using test::go_on;

/// Workloads a and b run side by side.
class SideBySideEngineTest : public testing::Test {
 protected:
  SideBySideEngineTest() { plan_.folder = folder_.path(); }
  void SetUp() override {
    if (host::usable_cpus().size() < 2) GTEST_SKIP() << "two workloads at once need two CPUs";
  }
  ~SideBySideEngineTest() override {
    if (engine_) engine_->finish();
  }

  LocalEngine& engine() {
    if (!engine_) {
      engine_.emplace(EngineOptions{.plan = plan_, .lock_path = "/run/lock/assay", .step = [](std::string_view) {}});
    }
    return *engine_;
  }
  /// Blocks of both, by turns.
  std::vector<std::vector<Block>> run(int count, const StopSignal& stop = go_on) {
    std::vector<BlockOrder> orders;
    for (int number = 1; number <= count; ++number) {
      for (const std::size_t cell : {0U, 1U}) orders.push_back(design::block_order(plan_, cell, number));
    }
    std::vector<std::vector<Block>> turns;
    dropped_ = engine().run(
        orders, [&](std::vector<Block> blocks) { turns.push_back(std::move(blocks)); }, stop);
    return turns;
  }
  [[nodiscard]] std::string log() const { return host::read_file(folder_ / "log"); }

  test::ScratchFolder folder_;
  Plan plan_ = plan_of({"1", "1"}, {{0, 1}});
  std::optional<LocalEngine> engine_;
  std::optional<DroppedBlock> dropped_;
};

TEST_F(SideBySideEngineTest, HandsOnTheBlocksOfATurnTogether) {
  const auto turns = run(3);
  ASSERT_EQ(turns.size(), 3U);
  for (const std::vector<Block>& blocks : turns) {
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_TRUE(ran_side_by_side(blocks[0], blocks[1]));
    for (const Block& block : blocks) {
      ASSERT_EQ(block.trials.size(), 2U);
      EXPECT_EQ(block.trials[0].arm, blocks[0].trials[0].arm);
      EXPECT_EQ(block.padding, design::drawn_padding(plan_, block.cell, block.number));
      EXPECT_FALSE(is_void(block));
    }
  }
}

TEST_F(SideBySideEngineTest, PreparesAllBeforeAndConcludesAllAfter) {
  for (const std::size_t cell : {0U, 1U}) {
    const std::string name = plan_.workloads[cell].name;
    plan_.workloads[cell].hooks.prepare = {kWork, "append", "log", "prepare " + name};
    plan_.workloads[cell].hooks.conclude = {kWork, "append", "log", "conclude " + name};
  }
  (void)run(1);
  const std::string turn = "prepare a\nprepare b\nconclude a\nconclude b\n";
  EXPECT_EQ(log(), turn + turn);
}

TEST_F(SideBySideEngineTest, StartsNoneIfOneCannotBePrepared) {
  plan_.workloads[0].command = {kWork, "append", "log", "trial"};
  plan_.workloads[1].hooks.prepare = {kAct, "exit", "3"};
  const auto turns = run(1);
  ASSERT_EQ(turns.size(), 1U);
  ASSERT_EQ(turns[0].size(), 1U);  // that of a never began
  EXPECT_EQ(turns[0][0].cell, 1U);
  EXPECT_TRUE(is_void(turns[0][0]));
  EXPECT_FALSE(is_lost(turns[0][0]));
  EXPECT_THROW((void)log(), Error);  // there is none
}

TEST_F(SideBySideEngineTest, LosesAllIfOneCannotBePreparedInTheMiddle) {
  const bool control_first = design::block_order(plan_, 0, 1).arms[0] == kControl;
  plan_.workloads[1].hooks.prepare = {"/bin/sh", "-c", control_first ? "[ \"$FAST\" != 1 ]" : "[ \"$FAST\" = 1 ]"};
  const auto turns = run(1);
  ASSERT_EQ(turns.size(), 1U);
  ASSERT_EQ(turns[0].size(), 2U);
  EXPECT_TRUE(is_lost(turns[0][0]));
  EXPECT_EQ(turns[0][0].trials.size(), 1U);
  EXPECT_EQ(turns[0][0].broken_off, BrokenOff{});
  EXPECT_TRUE(is_lost(turns[0][1]));
  EXPECT_EQ(turns[0][1].trials.size(), 2U);
}

TEST_F(SideBySideEngineTest, TellsOfAllRunningBlocks) {
  std::vector<std::vector<Block>> told;
  engine().follow_running([&](const std::vector<Block>& running) { told.push_back(running); });
  (void)run(1);
  ASSERT_EQ(told.size(), 3U);  // before the first turn, between the two, before the second
  for (const std::vector<Block>& blocks : told) ASSERT_EQ(blocks.size(), 2U);
  const std::vector<ArmIndex> arms = design::block_order(plan_, 0, 1).arms;
  EXPECT_EQ(told[0][1].broken_off, BrokenOff{{arms[0]}});
  EXPECT_EQ(told[1][1].broken_off, BrokenOff{});
  EXPECT_EQ(told[1][1].trials.size(), 1U);
  EXPECT_EQ(told[2][0].broken_off, BrokenOff{{arms[1]}});
}

TEST_F(SideBySideEngineTest, HasALauncherForEachLane) {
  EXPECT_EQ(engine().launchers().size(), 2U);
}

TEST_F(SideBySideEngineTest, GivesASetupTheLaneOfItsTrials) {
  for (const std::size_t cell : {0U, 1U}) {
    Workload& workload = plan_.workloads[cell];
    workload.hooks.setup = {"/bin/sh", "-c", "echo " + workload.name + " > $ASSAY_ARM_DIR/made"};
    workload.command = {"/bin/sh", "-c", "cat $ASSAY_ARM_DIR/made >> log"};
  }
  engine().prepare(go_on);
  (void)run(1);
  const std::string text = log();
  EXPECT_EQ(std::count(text.begin(), text.end(), 'a'), 2);
  EXPECT_EQ(std::count(text.begin(), text.end(), 'b'), 2);
}

TEST_F(SideBySideEngineTest, GoesOnWithNothingIfAConcludeFailedTwice) {
  plan_.workloads[1].hooks.conclude = {kAct, "exit", "3"};
  std::vector<std::vector<Block>> told;
  engine().follow_running([&](const std::vector<Block>& running) { told.push_back(running); });
  const std::string message = test::message_of([this] { (void)run(1); });
  EXPECT_NE(message.find("(b) failed twice: exited 3; nothing more is run"), std::string::npos) << message;
  EXPECT_EQ(told.back().front().trials.size(), 1U);
}

TEST_F(SideBySideEngineTest, DropsTheTurnThatWasStoppedAtOnce) {
  int asked = 0;  // twice before the turn: before and after isolation is tested
  const auto turns = run(1, [&] { return ++asked > 2 ? StopRequest::at_once : StopRequest::none; });
  ASSERT_TRUE(dropped_.has_value());
  EXPECT_EQ(dropped_->order.number, 1);
  ASSERT_EQ(turns.size(), 1U);
  EXPECT_EQ(turns[0].size(), 2U);  // what was left of them
  for (const Block& block : turns[0]) EXPECT_TRUE(is_lost(block));
}

}  // namespace side_by_side_engine_tests
}  // namespace assay::engine
