#include "stats/sequential/sequential_p_value.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "stats/sequential/looks.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::stats {
namespace sequential_p_value_tests {

TEST(PValueLevels, RunFromOneHalfDownToOneVector) {
  const std::vector<double> levels = p_value_levels({.vectors = 1999}, 0.025);
  EXPECT_EQ(levels.size(), 241U);
  EXPECT_EQ(levels.front(), 0.5);
  EXPECT_NEAR(levels.back(), 1 / 2000.0, 1e-12);
  EXPECT_TRUE(std::is_sorted(levels.begin(), levels.end(), std::greater<>()));
  EXPECT_NE(std::find(levels.begin(), levels.end(), 0.025), levels.end());
}

SequentialDesign design_at(double side_level, std::uint64_t seed) {
  return {.looks = look_schedule({.cap = 30}),
          .alpha = {.below_zero = side_level, .above_zero = side_level},
          .margin = 0.03,
          .seed = Seed(seed),
          .sign_vectors = 999};
}

std::vector<double> noise(std::uint64_t seed, double shift) {
  Generator generator = Seed(seed).stream(Stream::simulation);
  std::vector<double> effects;
  for (int block = 0; block < 30; ++block) effects.push_back(shift + generator.normal());
  return effects;
}

/// All looks of a whole test at one side level.
struct WholeTest {
  Look last;
  double p;
};
WholeTest run_whole_test(double side_level, std::uint64_t seed, const std::vector<double>& effects) {
  SequentialTest test(design_at(side_level, seed));
  Look last;
  while (test.next_look()) last = test.look(effects);
  return {.last = last, .p = test.p_value()};
}

/// Twice the smallest level at which, and at every larger one, a whole test run at that level crosses on that side.
/// Levels of 1/2, which a design may not have, are taken to cross.
double p_by_running_every_level(std::uint64_t seed, const std::vector<double>& effects, bool Look::*claim) {
  double smallest = 0.5;
  for (const double level : p_value_levels({.vectors = 999}, 0.025)) {
    if (level == 0.5) continue;
    if (!(run_whole_test(level, seed, effects).last.*claim)) break;
    smallest = level;
  }
  return 2 * smallest;
}

TEST(SequentialPValue, IsTheSmallestLevelAtWhichWholeTestsCross) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const std::vector<double> up = noise(seed, 0.7);
    EXPECT_DOUBLE_EQ(run_whole_test(0.025, seed, up).p, p_by_running_every_level(seed, up, &Look::above_zero));
    const std::vector<double> down = noise(seed, -0.4);
    EXPECT_DOUBLE_EQ(run_whole_test(0.025, seed, down).p, p_by_running_every_level(seed, down, &Look::below_zero));
  }
}

// The converse does not hold: a path may cross at 2.5 % and not at 3 %. It seldom does.
TEST(SequentialPValue, IsWithinAlphaOnlyWhereTheTestHasCrossed) {
  int crossed = 0;
  int within = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const WholeTest whole = run_whole_test(0.025, seed, noise(seed, 0.5));
    const bool has_crossed = whole.last.below_zero || whole.last.above_zero;
    EXPECT_TRUE(has_crossed || whole.p > 0.05) << "seed " << seed;
    crossed += has_crossed;
    within += whole.p <= 0.05;
  }
  EXPECT_GT(crossed, 100);
  EXPECT_GT(within, 0.9 * crossed);
}

// 14 blocks, all 16,384 vectors: one of them is the least that can cross.
TEST(SequentialPValue, IsNeverZero) {
  SequentialTest test({.looks = {14}, .alpha = {}, .margin = 0.03});
  std::vector<double> effects;
  for (int block = 1; block <= 14; ++block) effects.push_back(block);
  (void)test.look(effects);
  EXPECT_NEAR(test.p_value(), 2 / 16384.0, 1e-12);
}

TEST(SequentialPValue, IsOneWhereNothingDiffersAndBeforeAnyLook) {
  SequentialTest test(design_at(0.025, 1));
  EXPECT_EQ(test.p_value(), 1);
  (void)test.look(std::vector(30, 0.0));
  EXPECT_EQ(test.p_value(), 1);
}

TEST(SequentialPValue, FollowsLaterLooks) {
  SequentialTest test(design_at(0.025, 1));
  const std::vector<double> effects(30, 0.1);
  (void)test.look(effects);
  const double after_one = test.p_value();
  while (test.next_look()) (void)test.look(effects);
  EXPECT_LT(test.p_value(), after_one);
}

}  // namespace sequential_p_value_tests
}  // namespace assay::stats
