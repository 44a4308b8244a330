#include "stats/planner.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/seed.hpp"

namespace assay::stats {
namespace planner_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
const PlanningLevels kLevels{.alpha = 0.05, .alpha_equivalence = 0.05, .power = 0.8};

std::vector<double> normal_effects(int blocks) {
  Generator generator = Seed(11).stream(Stream::simulation);
  std::vector<double> effects;
  for (int block = 0; block < blocks; ++block) effects.push_back(generator.normal());
  return effects;
}

// For normal effects tau is sigma times sqrt(pi / 3) = 1.023: the signed-rank test's efficiency.
TEST(EstimateTau, IsTheDeviationOfNormalEffects) {
  EXPECT_NEAR(estimate_tau(normal_effects(900)), std::sqrt(std::acos(-1) / 3), 0.1);
}

TEST(EstimateTau, OneWildEffectHardlyMattersAndAFailedTrialNotAtAll) {
  std::vector<double> effects = normal_effects(40);
  const double plain = estimate_tau(effects);
  effects.push_back(kInfinity);
  EXPECT_EQ(estimate_tau(effects), plain);
  effects.back() = 1000;
  EXPECT_LT(estimate_tau(effects), 1.5 * plain);
}

// Two effects 1 apart: p = 1/4, z = 0.6745.
TEST(EstimateTau, TwoEffectsAreJudgedByTheirRange) {
  EXPECT_NEAR(estimate_tau(std::vector{3.0, 4.0}), std::sqrt(2) / (2 * 0.67448975), 1e-7);
}

TEST(EstimateTau, NeedsTwoFiniteEffects) {
  EXPECT_THROW((void)estimate_tau(std::vector{1.0, kInfinity}), Error);
  EXPECT_THROW((void)estimate_tau(std::vector{1.0, 2.0, std::nan("")}), Error);
}

// The worked example of docs/methods/planner.md: the python trace has tau = 6.9 %; 3 % needs n* = 43 and a cap of 55.
TEST(BlocksToDetect, InflatesTheFixedCountByWhatLooksCost) {
  EXPECT_EQ(fixed_blocks_to_detect(0.069, std::log(1.03), kLevels), 43);
  EXPECT_EQ(blocks_to_detect(0.069, std::log(1.03), kLevels), 55);
}

TEST(BlocksToDetect, EndsForCountsBeyondTheWholeNumbersOfDoubles) {
  for (const double tau : {1e6, 1e9, 1e150, 1e300}) {
    EXPECT_EQ(blocks_to_detect(tau, 0.03, kLevels), std::numeric_limits<int>::max());
    EXPECT_EQ(blocks_to_show_equivalence(tau, 0.03, kLevels), std::numeric_limits<int>::max());
  }
}

TEST(BlocksToDetect, SignOfTheEffectDoesNotMatter) {
  EXPECT_EQ(blocks_to_detect(0.05, -0.02, kLevels), blocks_to_detect(0.05, 0.02, kLevels));
}

// Six equal signs have chance 1/64 <= 0.025, five have 1/32.
TEST(BlocksToDetect, WithoutNoiseTheTestStillNeedsItsLevel) {
  EXPECT_EQ(blocks_to_detect(0, 0.1, kLevels), 6);
}

TEST(BlocksToDetect, CountThatExceedsIntIsItsLargest) {
  EXPECT_EQ(blocks_to_detect(1, 1e-6, kLevels), std::numeric_limits<int>::max());
  EXPECT_EQ(fixed_blocks_to_detect(1, 1e-6, kLevels), std::numeric_limits<int>::max());
}

TEST(BlocksToDetect, StricterLevelNeedsMoreBlocks) {
  PlanningLevels strict = kLevels;
  strict.alpha = 0.01;
  EXPECT_GT(blocks_to_detect(0.05, 0.03, strict), blocks_to_detect(0.05, 0.03, kLevels));
}

// z_{0.95} + z_{0.9} = 2.9264: n_eq = (2.9264 * 0.05 / ln 1.03)^2 = 24.5, times 1.19.
TEST(BlocksToShowEquivalence, BothTestsShareTheChanceOfMissing) {
  EXPECT_NEAR(blocks_to_show_equivalence(0.05, std::log(1.03), kLevels), 24.5 * 1.19, 1.5);
}

TEST(DetectableEffect, IsWhatThatManyBlocksDetect) {
  for (const int blocks : {12, 40, 150, 200, 1000}) {
    const double effect = detectable_effect(0.05, blocks, kLevels);
    EXPECT_NEAR(blocks_to_detect(0.05, effect, kLevels), blocks, 1);
  }
}

// 0.05 * sqrt(12 / 1.11) / 1.96.
TEST(TauOfInterval, IsTheNoiseThatLeavesAsMuchOpen) {
  EXPECT_NEAR(tau_of_interval(0.05, 12, kLevels), 0.08388, 1e-4);
  EXPECT_EQ(tau_of_interval(0, 12, kLevels), 0);
}

TEST(TauOfInterval, OfAnIntervalThatHoldsZeroAndTheEffectAsksForMoreBlocksThanThereWere) {
  for (const int blocks : {6, 12, 40, 200, 1000}) {
    EXPECT_GT(blocks_to_detect(tau_of_interval(0.03, blocks, kLevels), 0.03, kLevels), blocks);
  }
}

TEST(Planner, ArgumentsOutOfRangeAreRefused) {
  EXPECT_THROW((void)blocks_to_detect(-1, 0.1, kLevels), Error);
  EXPECT_THROW((void)blocks_to_detect(std::nan(""), 0.1, kLevels), Error);
  EXPECT_THROW((void)blocks_to_detect(1, 0, kLevels), Error);
  EXPECT_THROW((void)fixed_blocks_to_detect(1, kInfinity, kLevels), Error);
  EXPECT_THROW((void)blocks_to_show_equivalence(1, 0, kLevels), Error);
  EXPECT_THROW((void)detectable_effect(1, 0, kLevels), Error);
  EXPECT_THROW((void)tau_of_interval(-1, 10, kLevels), Error);
  EXPECT_THROW((void)tau_of_interval(1, 0, kLevels), Error);
  for (const double share : {0.0, 1.0, 1.5}) {
    EXPECT_THROW((void)detectable_effect(1, 10, {.alpha = share}), Error);
    EXPECT_THROW((void)detectable_effect(1, 10, {.alpha_equivalence = share}), Error);
    EXPECT_THROW((void)detectable_effect(1, 10, {.power = share}), Error);
  }
  EXPECT_THROW((void)blocks_to_detect(1, 0.1, {.alpha = 0.05, .power = 0.02}), Error);
}

}  // namespace planner_tests
}  // namespace assay::stats
