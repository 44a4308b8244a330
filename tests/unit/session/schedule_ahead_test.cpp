#include "experiments/session/schedule_ahead.hpp"

#include <gtest/gtest.h>

#include "experiments/design/schedule.hpp"
#include "experiments/engine/simulated_engine.hpp"
#include "tests/support/side_by_side_plan.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::session {
namespace schedule_ahead_tests {

class ScheduleAheadTest : public testing::Test {
 protected:
  ScheduleAheadTest() { plan_.simulation.emplace(); }

  void add(int number, Outcome outcome = Measured{}) {
    Block block = engine::simulated_block(plan_, design::block_order(plan_, 0, number));
    block.trials[0].outcome = std::move(outcome);
    schedule_.add(block);
    analysis_.add(block);
  }
  [[nodiscard]] std::vector<int> numbers() const {
    std::vector<int> numbers;
    for (const BlockOrder& order : schedule_.to_next_look(analysis_)) numbers.push_back(order.number);
    return numbers;
  }

  Plan plan_ = test::small_plan(test::environment_variable("FAST"));
  ScheduleAhead schedule_{plan_};
  decide::AttemptAnalysis analysis_{plan_};
};

// The first look is at 6 blocks, the next at 8.
TEST_F(ScheduleAheadTest, GoesUpToTheNextLook) {
  EXPECT_EQ(numbers(), (std::vector<int>{1, 2, 3, 4, 5, 6}));
  for (int number = 1; number <= 6; ++number) add(number);
  EXPECT_EQ(numbers(), (std::vector<int>{7, 8}));
}

TEST_F(ScheduleAheadTest, ComesBackToAVoidBlockAndNoFurtherThanTheLook) {
  for (int number = 1; number <= 6; ++number) {
    add(number, number == 3 ? Outcome(HookFailed{"prepare", "exited 1"}) : Outcome(Measured{}));
  }
  EXPECT_EQ(numbers(), (std::vector<int>{3}));
  EXPECT_EQ(schedule_.to_next_look(analysis_)[0].rerun, 1);
}

TEST_F(ScheduleAheadTest, CountsHowOftenABlockWasVoid) {
  add(1, HookFailed{"prepare", "exited 1"});
  add(1, HookFailed{"prepare", "exited 1"});
  EXPECT_EQ(schedule_.to_next_look(analysis_)[0].rerun, 2);
}

/// Workloads a and c run side by side, b alone.
class GroupsAheadTest : public testing::Test {
 protected:
  GroupsAheadTest() { plan_.simulation.emplace(); }

  /// \param factor  by which treatment takes longer
  void add(std::size_t cell, int number, Outcome outcome = Measured{}, double factor = 1) {
    Block block = engine::simulated_block(plan_, design::block_order(plan_, cell, number));
    block.trials[0].outcome = std::move(outcome);
    for (Trial& trial : block.trials) {
      if (trial.arm != kControl) trial.values[0] = *trial.values[0] * factor;
    }
    schedule_.add(block);
    analysis_.add(block);
  }
  void close(std::size_t cell) {
    for (int number = 1; number <= plan_.protocol.max_blocks; ++number) add(cell, number);
  }
  /// "a1 c1 b1"
  [[nodiscard]] std::string orders() const {
    std::string text;
    for (const BlockOrder& order : schedule_.to_next_look(analysis_)) {
      if (!text.empty()) text += " ";
      text += plan_.workloads[order.cell].name + std::to_string(order.number);
      if (order.rerun > 0) text += "r" + std::to_string(order.rerun);
    }
    return text;
  }

  Plan plan_ = test::plan_of_groups();
  ScheduleAhead schedule_{plan_};
  decide::AttemptAnalysis analysis_{plan_};
};

TEST_F(GroupsAheadTest, GivesEachGroupItsTurnWithAllOfItsCells) {
  EXPECT_EQ(orders(), "a1 c1 b1 a2 c2 b2 a3 c3 b3 a4 c4 b4 a5 c5 b5 a6 c6 b6");
}

TEST_F(GroupsAheadTest, RunsAVoidBlockAgainTogetherWithWhatRunsBesideIt) {
  for (const std::size_t cell : {0U, 2U, 1U}) {
    for (int number = 1; number <= 6; ++number) {
      const bool is_void = cell != 1 && number == 3;
      add(cell, number, is_void ? Outcome(HookFailed{"prepare", "exited 1"}) : Outcome(Measured{}));
    }
  }
  EXPECT_EQ(orders().substr(0, 9), "a3r1 c3r1");
  EXPECT_EQ(orders(), "a3r1 c3r1 b7 b8");
}

TEST_F(GroupsAheadTest, RunsADecidedCellOnBesideAnOpenOne) {
  int number = 0;
  while (analysis_.blocks_to_next_look(2) > 0) {
    ++number;
    add(0, number);
    add(2, number, Measured{}, 0.5);
  }
  ASSERT_GT(analysis_.blocks_to_next_look(0), 0);
  const std::string next = std::to_string(number + 1);
  const std::string first = "a" + next + " c" + next + " b1";
  EXPECT_EQ(orders().substr(0, first.size()), first);
}

TEST_F(GroupsAheadTest, HasNoOrdersOnceAllAreDecided) {
  for (const std::size_t cell : {0U, 1U, 2U}) close(cell);
  EXPECT_TRUE(analysis_.finished());
  EXPECT_EQ(orders(), "");
}

}  // namespace schedule_ahead_tests
}  // namespace assay::session
