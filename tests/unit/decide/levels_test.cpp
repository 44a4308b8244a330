#include "experiments/decide/levels.hpp"

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::experiments {
namespace {

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
  protocol.fixed = true;
  EXPECT_EQ(looks_of(protocol), (std::vector<int>{30}));
}

TEST(Looks, FollowEveryBlockWhereTrialsAreLong) {
  Protocol protocol;
  protocol.max_blocks = 9;
  protocol.look_every_block = true;
  EXPECT_EQ(looks_of(protocol), (std::vector<int>{6, 7, 8, 9}));
}

}  // namespace
}  // namespace assay::experiments
