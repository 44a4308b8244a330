#include "stats/sequential/running_interval.hpp"

#include <gtest/gtest.h>

#include "stats/sequential/sequential_test.hpp"

namespace assay::stats {
namespace running_interval_tests {

constexpr Interval kWide{-3, 3};
constexpr Interval kShifted{-1, 5};

TEST(RunningInterval, OfAllLooksIsTheirIntersection) {
  RunningInterval running(IntervalScope::all_looks);
  EXPECT_EQ(running.add(kWide, 0, Stability::stable).interval, kWide);
  const PrintedInterval second = running.add(kShifted, 1, Stability::stable);
  EXPECT_EQ(second.interval, (Interval{-1, 3}));
  EXPECT_FALSE(second.falls_back);
}

TEST(RunningInterval, OfOneLookForgetsTheOthers) {
  RunningInterval running(IntervalScope::this_look);
  (void)running.add(kWide, 0, Stability::stable);
  EXPECT_EQ(running.add(kShifted, 1, Stability::stable).interval, kShifted);
}

TEST(RunningInterval, FallsBackIfTheIntersectionIsEmpty) {
  RunningInterval running(IntervalScope::all_looks);
  (void)running.add({-3, -2}, -2.5, Stability::stable);
  const PrintedInterval second = running.add({1, 2}, 1.5, Stability::stable);
  EXPECT_EQ(second.interval, (Interval{1, 2}));
  EXPECT_TRUE(second.falls_back);
}

TEST(RunningInterval, FallsBackIfItDoesNotHoldTheEstimate) {
  RunningInterval running(IntervalScope::all_looks);
  (void)running.add({-3, 1}, 0, Stability::stable);
  const PrintedInterval second = running.add(kShifted, 2, Stability::stable);
  EXPECT_EQ(second.interval, kShifted);
  EXPECT_TRUE(second.falls_back);
}

TEST(RunningInterval, FallsBackIfTheEffectIsUnstable) {
  RunningInterval running(IntervalScope::all_looks);
  (void)running.add(kWide, 0, Stability::stable);
  EXPECT_TRUE(running.add(kShifted, 1, Stability::unstable).falls_back);
}

TEST(RunningInterval, DoesNotFallBackIfTheLooksOwnIsTheNarrowest) {
  RunningInterval running(IntervalScope::all_looks);
  (void)running.add(kWide, 0, Stability::stable);
  EXPECT_FALSE(running.add({-1, 1}, 0, Stability::unstable).falls_back);
}

/// Effects of about -1 and then of about 1: what the first look shows, the second contradicts.
std::vector<double> turning_effects() {
  std::vector<double> effects;
  for (int block = 0; block < 20; ++block) effects.push_back(-1 - 0.01 * block);
  for (int block = 0; block < 40; ++block) effects.push_back(1 + 0.01 * block);
  return effects;
}

SequentialDesign design_of(IntervalScope scope) {
  return {.looks = {20, 60}, .alpha = {}, .margin = 0.1, .intervals = scope};
}

TEST(SequentialTest, WithdrawsWhatOnlyAnEarlierLookHadShown) {
  const std::vector<double> effects = turning_effects();
  SequentialTest test(design_of(IntervalScope::all_looks));
  EXPECT_TRUE(test.look(effects).below_kappa_margin);
  const Look second = test.look(effects);
  EXPECT_FALSE(second.below_kappa_margin);
  EXPECT_TRUE(second.falls_back);
  EXPECT_TRUE(second.withdrawn);
  EXPECT_TRUE(test.crossed());

  SequentialTest old(design_of(IntervalScope::this_look));
  (void)old.look(effects);
  EXPECT_TRUE(old.look(effects).below_kappa_margin);
}

// Two zeros and eight ties: the signs are clear, the interval of untied ranks reaches 0.
TEST(SequentialTest, ExcludesZeroWhereItKnowsTheSign) {
  std::vector<double> effects(12, -0.02);
  effects[3] = effects[7] = 0;
  SequentialTest test({.looks = {12}, .alpha = {}, .margin = 0.01, .kappa = 0, .intervals = IntervalScope::all_looks});
  const Look look = test.look(effects);
  ASSERT_TRUE(test.crossed());
  EXPECT_LT(look.repeated.high, 0);
  EXPECT_TRUE(look.below_kappa_margin);
}

}  // namespace running_interval_tests
}  // namespace assay::stats
