#include "experiments/engine/simulated_engine.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "experiments/design/schedule.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::engine {
namespace simulated_engine_tests {

Plan simulated_plan(const Simulation& simulation) {
  Plan plan = test::small_plan(test::environment_variable("FAST"), {"true"});
  plan.simulation = simulation;
  return plan;
}

const Trial& trial_of(const Block& block, ArmIndex arm) {
  return *std::find_if(block.trials.begin(), block.trials.end(), [arm](const Trial& t) { return t.arm == arm; });
}

TEST(SimulatedBlock, IsTheSameEachTime) {
  const Plan plan = simulated_plan({});
  const BlockOrder order = design::block_order(plan, 0, 3);
  EXPECT_EQ(simulated_block(plan, order), simulated_block(plan, order));
}

TEST(SimulatedBlock, RunsTheArmsInTheOrderOfTheCoin) {
  const Plan plan = simulated_plan({});
  for (int number = 1; number <= 20; ++number) {
    const BlockOrder order = design::block_order(plan, 0, number);
    const Block block = simulated_block(plan, order);
    EXPECT_EQ(block.trials[0].arm, order.arms[0]);
    EXPECT_EQ(block.trials[1].arm, order.arms[1]);
  }
}

TEST(SimulatedBlock, GivesAnArmTheSameTrialWhateverTheCoin) {
  const Plan plan = simulated_plan({});
  BlockOrder order = design::block_order(plan, 0, 1);
  const Block one = simulated_block(plan, order);
  std::swap(order.arms[0], order.arms[1]);
  const Block other = simulated_block(plan, order);
  EXPECT_EQ(trial_of(one, 0), trial_of(other, 0));
  EXPECT_EQ(trial_of(one, 1), trial_of(other, 1));
}

TEST(SimulatedBlock, HasTheExactShiftWithoutNoise) {
  Simulation simulation;
  simulation.noise = Percent{0};
  simulation.shift = Percent{-20};
  simulation.baseline_seconds = 0.5;
  const Plan plan = simulated_plan(simulation);
  const Block block = simulated_block(plan, design::block_order(plan, 0, 1));
  EXPECT_EQ(trial_of(block, 0).usage.wall, std::chrono::milliseconds(500));
  EXPECT_EQ(trial_of(block, 1).usage.wall, std::chrono::milliseconds(400));
  EXPECT_EQ(trial_of(block, 1).values[0], 0.4);
}

// The log of 10,000 trials has standard deviation 0.03 within 5 standard errors, 0.03 / sqrt(2 * 10000) each.
TEST(SimulatedBlock, HasTheNoiseThatWasAskedFor) {
  const Plan plan = simulated_plan({});
  double sum_of_squares = 0;
  constexpr int kBlocks = 10000;
  for (int number = 1; number <= kBlocks; ++number) {
    const Block block = simulated_block(plan, design::block_order(plan, 0, number));
    sum_of_squares += std::pow(std::log(trial_of(block, 0).values[0].value() / 0.1), 2);
  }
  EXPECT_NEAR(std::sqrt(sum_of_squares / kBlocks), 0.03, 5 * 0.03 / std::sqrt(2.0 * kBlocks));
}

// 1,000 treatment trials at 20 %: 200 failures within 5 standard errors, sqrt(1000 * 0.2 * 0.8) = 12.6 each.
TEST(SimulatedBlock, FailsThatShareOfTreatmentsTrialsAndNoneOfControls) {
  Simulation simulation;
  simulation.failure_rate = 0.2;
  const Plan plan = simulated_plan(simulation);
  int failed = 0;
  for (int number = 1; number <= 1000; ++number) {
    const Block block = simulated_block(plan, design::block_order(plan, 0, number));
    EXPECT_TRUE(is_measured(trial_of(block, 0).outcome));
    if (!is_measured(trial_of(block, 1).outcome)) {
      ++failed;
      EXPECT_EQ(trial_of(block, 1).values[0], std::nullopt);
    }
  }
  EXPECT_NEAR(failed, 200, 63);
}

TEST(SimulatedBlock, ChangesNothingInTrialsThatDoNotFail) {
  Simulation failing;
  failing.failure_rate = 0.5;
  const Plan plan = simulated_plan({});
  const Plan failing_plan = simulated_plan(failing);
  for (int number = 1; number <= 20; ++number) {
    const BlockOrder order = design::block_order(plan, 0, number);
    EXPECT_EQ(trial_of(simulated_block(plan, order), 1).usage, trial_of(simulated_block(failing_plan, order), 1).usage);
  }
}

TEST(SimulatedEngine, StopsBetweenBlocksWhenAsked) {
  const Plan plan = simulated_plan({});
  SimulatedEngine engine({.plan = plan, .lock_path = "", .step = [](std::string_view) {}});
  const std::vector<BlockOrder> orders = {design::block_order(plan, 0, 1), design::block_order(plan, 0, 2),
                                          design::block_order(plan, 0, 3)};
  int blocks = 0;
  engine.run(
      orders, [&](const std::vector<Block>&) { ++blocks; },
      [&] { return blocks == 2 ? StopRequest::after_block : StopRequest::none; });
  EXPECT_EQ(blocks, 2);
}

TEST(SimulatedEngine, TellsWhichArmItDroppedWhenStoppedAtOnce) {
  Simulation simulation;
  simulation.pace = std::chrono::hours(1);
  const Plan plan = simulated_plan(simulation);
  SimulatedEngine engine({.plan = plan, .lock_path = "", .step = [](std::string_view) {}});
  const std::vector<BlockOrder> orders = {design::block_order(plan, 0, 1)};
  int asked = 0;
  const auto dropped = engine.run(
      orders, [](const std::vector<Block>&) {}, [&] { return ++asked > 1 ? StopRequest::at_once : StopRequest::none; });
  ASSERT_TRUE(dropped.has_value());
  EXPECT_EQ(dropped->order, orders[0]);
  EXPECT_EQ(dropped->running, std::vector<ArmIndex>{orders[0].arms[0]});
}

}  // namespace simulated_engine_tests
}  // namespace assay::engine
