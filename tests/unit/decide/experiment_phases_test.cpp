#include "experiments/decide/baseline/experiment_phases.hpp"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace experiment_phases_tests {

using std::chrono::milliseconds;

/// A trial that spends so much in "pull" and the rest of its wall time in no phase.
Trial trial_of(milliseconds wall, milliseconds pull) {
  Trial trial = measured(std::chrono::duration<double>(wall).count());
  trial.phases = PhaseTimes{.phases = {}, .rest = wall - pull, .refused = 0, .objections = {}};
  if (pull.count() > 0) trial.phases->phases = {{.name = "pull", .spans = 1, .self = pull, .total = pull}};
  return trial;
}

/// Ten blocks: control takes 100 ms and one more each time, 60 ms of it in pull; treatment takes 40 ms less, all of it
/// in pull.
std::vector<Block> blocks_of(const Plan& plan) {
  std::vector<Block> blocks;
  for (int number = 1; number <= 10; ++number) {
    const milliseconds wall(99 + number);
    blocks.push_back(block_of(plan, number,
                              {trial_of(wall, milliseconds(60)), trial_of(wall - milliseconds(40), milliseconds(20))}));
  }
  return blocks;
}

const PhaseChange& phase_of(const CellChange& cell, const std::string& name) {
  return *std::find_if(cell.phases.begin(), cell.phases.end(),
                       [&name](const PhaseChange& phase) { return phase.name == name; });
}

TEST(ExperimentPhases, SayWhereTheTimeOfEachArmGoes) {
  const Plan plan = simple_plan();
  const ExperimentPhases found = experiment_phases(plan, blocks_of(plan));
  ASSERT_EQ(found.arms.size(), 2U);
  EXPECT_EQ(found.arms[1].arm.label, "treatment");
  const BaselineCell& control = found.arms[0].figures.cells.at(0);
  EXPECT_EQ(control.measured, 10);
  EXPECT_NEAR(control.mean_wall_seconds, 0.1045, 1e-12);
  EXPECT_EQ(control.phases.at(0).name, "pull");
  EXPECT_NEAR(control.phases.at(0).mean_self_seconds, 0.06, 1e-12);
  EXPECT_NEAR(found.arms[1].figures.cells.at(0).phases.at(0).mean_self_seconds, 0.02, 1e-12);
}

TEST(ExperimentPhases, CarryTheWholeChangeBetweenThem) {
  const Plan plan = simple_plan();
  const ArmChange change = experiment_phases(plan, blocks_of(plan)).changes.at(0);
  EXPECT_EQ(change.before.label, "control");
  EXPECT_EQ(change.after.label, "treatment");
  const CellChange& cell = change.cells.at(0);
  EXPECT_EQ(cell.blocks, 10);
  EXPECT_NEAR(cell.after_seconds - cell.before_seconds, -0.04, 1e-12);
  const double sum = std::accumulate(
      cell.phases.begin(), cell.phases.end(), 0.0,
      [](double total, const PhaseChange& phase) { return total + phase.after_seconds - phase.before_seconds; });
  EXPECT_NEAR(sum, -0.04, 1e-12);
  EXPECT_EQ(cell.phases.front().name, "pull");
  EXPECT_EQ(cell.phases.back().name, "");
  EXPECT_NEAR(phase_of(cell, "").after_seconds - phase_of(cell, "").before_seconds, 0, 1e-12);
}

// The second smallest to the second largest of ten differences, 97.9 %.
TEST(ExperimentPhases, BoundTheChangeByBlocksAndNotByArms) {
  const Plan plan = simple_plan();
  std::vector<Block> blocks = blocks_of(plan);
  for (int number = 1; number <= 10; ++number) {
    for (Trial& trial : blocks[static_cast<std::size_t>(number - 1)].trials) {
      if (trial.arm != 1) continue;
      const Trial moved = trial_of(milliseconds(59 + 2 * number), milliseconds(20 + number));
      trial.usage = moved.usage;
      trial.phases = moved.phases;
    }
  }
  const ArmChange change = arm_change(plan, blocks, {.before = 0, .after = 1});
  const PhaseChange& pull = phase_of(change.cells.at(0), "pull");
  ASSERT_TRUE(pull.in_a_block && pull.in_a_block->interval);
  EXPECT_NEAR(pull.in_a_block->interval->low, -0.038, 1e-12);
  EXPECT_NEAR(pull.in_a_block->interval->high, -0.031, 1e-12);
  EXPECT_NEAR(pull.in_a_block->confidence, 0.9785, 1e-4);
}

TEST(ExperimentPhases, ComeFromBlocksInWhichBothWereMeasured) {
  const Plan plan = simple_plan();
  std::vector<Block> blocks = blocks_of(plan);
  blocks[0].trials[0].outcome = Exited{1};
  blocks[1].broken_off = BrokenOff{};
  blocks[2].trials[1].phases.reset();
  const ExperimentPhases found = experiment_phases(plan, blocks);
  EXPECT_EQ(found.changes.at(0).cells.at(0).blocks, 7);
  int trials = 0;
  int measured = 0;
  for (const ArmPhases& arm : found.arms) {
    trials += arm.figures.cells.at(0).trials;
    measured += arm.figures.cells.at(0).measured;
  }
  EXPECT_EQ(trials, 17);
  EXPECT_EQ(measured, 16);
}

TEST(ExperimentPhases, OfATrialThatLacksAPhaseAreZero) {
  const Plan plan = simple_plan();
  std::vector<Block> blocks;
  for (int number = 1; number <= 6; ++number) {
    blocks.push_back(block_of(
        plan, number, {trial_of(milliseconds(100), milliseconds(60)), trial_of(milliseconds(40), milliseconds(0))}));
  }
  const ArmChange there = arm_change(plan, blocks, {.before = 0, .after = 1});
  EXPECT_TRUE(phase_of(there.cells.at(0), "pull").is_only_before);
  EXPECT_NEAR(phase_of(there.cells.at(0), "pull").after_seconds, 0, 1e-12);
  const ArmChange back = arm_change(plan, blocks, {.before = 1, .after = 0});
  EXPECT_TRUE(phase_of(back.cells.at(0), "pull").is_only_after);
  EXPECT_NEAR(back.cells.at(0).before_seconds, 0.04, 1e-12);
}

TEST(ExperimentPhases, AreNoneWithoutSpans) {
  const Plan plan = simple_plan();
  std::vector<Block> blocks;
  for (int number = 1; number <= 6; ++number) {
    blocks.push_back(block_of(
        plan, number, {trial_of(milliseconds(100), milliseconds(0)), trial_of(milliseconds(40), milliseconds(0))}));
  }
  const ExperimentPhases found = experiment_phases(plan, blocks);
  EXPECT_TRUE(found.arms.at(0).figures.cells.at(0).phases.empty());
  EXPECT_TRUE(found.changes.at(0).cells.empty());
}

}  // namespace experiment_phases_tests
}  // namespace assay::decide
