#include "experiments/session/schedule_ahead.hpp"

#include <gtest/gtest.h>

#include "experiments/design/schedule.hpp"
#include "experiments/engine/simulated_engine.hpp"
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

}  // namespace schedule_ahead_tests
}  // namespace assay::session
