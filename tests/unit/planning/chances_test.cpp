#include "experiments/planning/chances.hpp"

#include <gtest/gtest.h>

#include "experiments/planning/plan_facts.hpp"
#include "experiments/planning/simulation/synthetic_noise.hpp"
#include "tests/unit/planning/simulation/plays.hpp"

namespace assay::planning {
namespace chances_tests {

constexpr PlayCount kFew{.attempts = 150, .threads = 1};

Chances chances_with(double deviation, Direction direction = Direction::lower) {
  Plan plan = test::small_play().plan;
  plan.metrics[0].direction = direction;
  const PlanFacts facts = plan_facts(plan, std::nullopt);
  return chances_of(plan, facts.levels, {lognormal_noise(deviation), "noise", 2.0}, kFew);
}

double improved(const Chance& chance) {
  return chance.summary.shares.at(Verdict::improved);
}

TEST(PlanChances, GrowWithTheEffectWhicheverDirectionIsBetter) {
  for (const Direction direction : {Direction::lower, Direction::higher}) {
    const Chances chances = chances_with(0.02, direction);
    ASSERT_EQ(chances.of_effects.size(), 5U);
    EXPECT_LT(improved(chances.of_effects[0]), 0.02);
    EXPECT_GT(chances.of_effects[0].summary.shares.at(Verdict::equivalent), 0.9);
    EXPECT_GT(improved(chances.of_effects[4]), 0.99);
  }
}

TEST(PlanChances, NameTheSmallestEffectThatIsShownWithThePlansPower) {
  EXPECT_EQ(chances_with(0.02).detectable_percent, 6);             // twice the margin of 3 %
  EXPECT_EQ(chances_with(0.50).detectable_percent, std::nullopt);  // too noisy for 60 blocks
}

TEST(PlanChances, HaveATimeIfBlocksWereTimed) {
  const Chance chance = chances_with(0.02).of_effects[0];
  EXPECT_EQ(chance.seconds, 2 * chance.summary.mean_blocks);
}

TEST(PlanChances, AreRefusedForAMetricThatIsNotPositive) {
  Plan plan = test::small_play().plan;
  plan.metrics[0].kind = MetricKind::proportion;
  EXPECT_EQ(why_not_simulated(plan), Unplayable::not_positive);
}

TEST(PlanChances, AreRefusedWithoutACapAndForDesignsOtherThanPlainBlocks) {
  const Plan plan = test::small_play().plan;
  EXPECT_EQ(why_not_simulated(plan), std::nullopt);
  Plan endless = plan;
  endless.protocol.max_blocks = kNoCap;
  EXPECT_EQ(why_not_simulated(endless), Unplayable::no_cap);
  Plan quads = plan;
  quads.protocol.design = Design::abba;
  Plan inner = plan;
  inner.protocol.inner = 3;
  for (const Plan& other : {quads, inner}) {
    EXPECT_EQ(why_not_simulated(other), Unplayable::design);
  }
}

TEST(PlanChances, OfASuiteAreThoseOfOneTestAtItsLevels) {
  Plan plan = test::small_play().plan;
  plan.protocol.claim = ClaimRule::suite;
  const PlanFacts facts = plan_facts(plan, std::nullopt);
  const Chances chances = chances_of(plan, facts.levels, {lognormal_noise(0.02), "noise", std::nullopt}, kFew);
  EXPECT_EQ(improved(chances.of_effects[4]), improved(chances_with(0.02).of_effects[4]));
  EXPECT_EQ(chances.of_effects[4].summary.mean_blocks, chances_with(0.02).of_effects[4].summary.mean_blocks);
}

TEST(PlanChances, OfDuetsAreThoseOfBlocks) {
  Plan plan = test::small_play().plan;
  plan.protocol.design = Design::duet;
  EXPECT_EQ(why_not_simulated(plan), std::nullopt);
}

TEST(PlanChances, LookAfterEveryBlockWhereTrialsTakeMinutes) {
  const Plan plan = test::small_play().plan;
  const PlanFacts facts = plan_facts(plan, std::nullopt);
  const auto blocks_with = [&](double seconds_per_block) {
    const ExpectedNoise noise{lognormal_noise(0.02), "noise", seconds_per_block};
    return chances_of(plan, facts.levels, noise, kFew).of_effects[2].summary.mean_blocks;
  };
  EXPECT_LT(blocks_with(130), blocks_with(110));
}

TEST(PlanChances, CountTheFreshBlocksThatConfirmAnEarlyStop) {
  Plan plan = test::small_play().plan;
  const double without = chances_with(0.02).of_effects[4].summary.mean_blocks;
  plan.protocol.confirm = 10;
  const PlanFacts facts = plan_facts(plan, std::nullopt);
  const Chances chances = chances_of(plan, facts.levels, {lognormal_noise(0.02), "noise", std::nullopt}, kFew);
  EXPECT_NEAR(chances.of_effects[4].summary.mean_blocks, without + 10, 0.5);
}

}  // namespace chances_tests
}  // namespace assay::planning
