#include "experiments/decide/levels/levels.hpp"

#include <gtest/gtest.h>

#include "experiments/decide/levels/looks.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace levels_tests {

TEST(Levels, SplitAlphaIntoEqualSides) {
  const TestLevels levels = primary_levels(simple_plan(), {});
  EXPECT_DOUBLE_EQ(levels.sides.below_zero, 0.025);
  EXPECT_DOUBLE_EQ(levels.sides.above_zero, 0.025);
  EXPECT_DOUBLE_EQ(levels.equivalence, 0.05);
}

TEST(Levels, GiveAnExpectedSideNineTenths) {
  Plan plan = simple_plan();
  plan.protocol.sidedness = Sidedness::expect_better;
  EXPECT_DOUBLE_EQ(primary_levels(plan, {}).sides.below_zero, 0.045);
  EXPECT_DOUBLE_EQ(primary_levels(plan, {}).sides.above_zero, 0.005);
  plan.protocol.sidedness = Sidedness::expect_worse;
  EXPECT_DOUBLE_EQ(primary_levels(plan, {}).sides.below_zero, 0.005);
}

TEST(Levels, ShareAlphaAmongComparisonsWhereAnyMayImprove) {
  EXPECT_DOUBLE_EQ(primary_levels(plan_of_cells(5), {.comparisons = 5}).sides.below_zero, 0.005);
}

TEST(Levels, GiveEachCellAllOfAlphaWhereAllMustImprove) {
  EXPECT_DOUBLE_EQ(primary_levels(plan_of_cells(5, ClaimRule::all), {.comparisons = 5}).sides.below_zero, 0.025);
}

TEST(Levels, GiveTheSuiteAllOfAlpha) {
  EXPECT_DOUBLE_EQ(suite_levels(plan_of_cells(5, ClaimRule::suite), {.comparisons = 5}).sides.below_zero, 0.025);
}

TEST(Levels, TestEveryGuardAtAllOfAlphaAndAccuseAtAShare) {
  const TestLevels levels = guard_levels(simple_plan(), {.guards = 2});
  EXPECT_DOUBLE_EQ(levels.equivalence, 0.05);
  EXPECT_DOUBLE_EQ(levels.sides.above_zero, 0.0125);
}

TEST(Levels, OfOneAttemptAreItsShareOfAlpha) {
  Plan plan = simple_plan();
  plan.protocol.attempts = 3;
  EXPECT_DOUBLE_EQ(primary_levels(plan, {}).sides.below_zero, 0.02);
  plan.attempt = 2;
  EXPECT_DOUBLE_EQ(primary_levels(plan, {}).sides.below_zero, 0.0025);
  EXPECT_DOUBLE_EQ(primary_levels(plan, {}).equivalence, 0.005);
}

TEST(Looks, AreThoseOfTheProtocol) {
  Protocol protocol;
  protocol.max_blocks = 30;
  EXPECT_EQ(looks_of(protocol), (std::vector<int>{6, 8, 9, 12, 15, 18, 23, 30}));
  protocol.min_blocks = 20;
  EXPECT_EQ(looks_of(protocol).front(), 20);
}

TEST(Looks, AreOneAtTheCapOfAFixedProtocol) {
  Protocol protocol;
  protocol.max_blocks = 30;
  protocol.looks = LookMode::once;
  EXPECT_EQ(looks_of(protocol), (std::vector<int>{30}));
}

TEST(Looks, FollowEveryBlockWhereTrialsAreLong) {
  Protocol protocol;
  protocol.max_blocks = 9;
  protocol.look_every_block = true;
  EXPECT_EQ(looks_of(protocol), (std::vector<int>{6, 7, 8, 9}));
}

/// Six blocks, the walls of whose trials are a minute times these factors.
std::vector<Block> blocks_of_minutes(double control, double treatment) {
  std::vector<Block> blocks;
  for (int number = 1; number <= 6; ++number) {
    blocks.push_back(block_of(simple_plan(), number, {measured(60 * control), measured(60 * treatment)}));
  }
  return blocks;
}

TEST(Looks, FollowEveryBlockOnceTheFirstOnesTookAMinuteATrial) {
  Protocol protocol;
  protocol.max_blocks = 9;
  EXPECT_EQ(looks_of(protocol, trial_length(blocks_of_minutes(1.01, 1.01))), (std::vector<int>{6, 7, 8, 9}));
  EXPECT_EQ(looks_of(protocol, trial_length(blocks_of_minutes(0.99, 0.99))), (std::vector<int>{6, 9}));
  protocol.look_every_block = false;
  EXPECT_EQ(looks_of(protocol, trial_length(blocks_of_minutes(1.01, 1.01))), (std::vector<int>{6, 9}));
}

// What the exactness of the test rests on: under a constant factor f between the arms, exchanging them turns the pair
// (c, f t) into (t, f c), whose geometric mean is the same; their arithmetic mean is not.
TEST(Looks, AreChosenByWhatNoExchangeOfTheArmsChanges) {
  const double factor = 1.5;
  for (const double other : {0.4, 0.7, 0.9, 1.1, 1.6}) {
    EXPECT_EQ(trial_length(blocks_of_minutes(0.8, factor * other)),
              trial_length(blocks_of_minutes(other, factor * 0.8)));
  }
}

TEST(Looks, OfValuesWithoutTimesAreThoseOfBriefTrials) {
  EXPECT_EQ(trial_length(blocks_of_minutes(0, 0)), TrialLength::brief);
  EXPECT_EQ(trial_length({}), TrialLength::brief);
}

}  // namespace levels_tests
}  // namespace assay::decide
