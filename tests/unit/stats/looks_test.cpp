#include "stats/sequential/looks.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"
#include "stats/sequential/spending.hpp"

namespace assay::stats {
namespace looks_tests {

using Looks = std::vector<int>;

// The schedule printed in docs/methods/sequential-test.md.
TEST(LookSchedule, DefaultPlanLooksSeventeenTimes) {
  EXPECT_EQ(look_schedule({}), (Looks{6, 8, 9, 12, 15, 18, 23, 29, 36, 45, 56, 70, 87, 109, 136, 171, 200}));
}

TEST(LookSchedule, EveryBlockIsLookedAtWhenAsked) {
  EXPECT_EQ(look_schedule({.first = 6, .cap = 10, .spacing = LookSpacing::every_block}), (Looks{6, 7, 8, 9, 10}));
}

TEST(LookSchedule, FirstLookAtOrBeyondTheCapLeavesOneLook) {
  EXPECT_EQ(look_schedule({.first = 12, .cap = 10}), Looks{10});
  EXPECT_EQ(look_schedule({.first = 10, .cap = 10}), Looks{10});
  EXPECT_EQ(look_schedule({.first = 12, .cap = 10, .spacing = LookSpacing::every_block}), Looks{10});
}

// 1.15 * 9 = 10.35 is within 11, 1.15 * 10 = 11.5 is not.
TEST(LookSchedule, LookJustBeforeTheCapIsDropped) {
  EXPECT_EQ(look_schedule({.first = 9, .cap = 11}), (Looks{9, 11}));
  EXPECT_EQ(look_schedule({.first = 10, .cap = 11}), Looks{11});
}

TEST(LookSchedule, PlanThatCannotAscendIsRefused) {
  EXPECT_THROW((void)look_schedule({.first = 0}), Error);
  EXPECT_THROW((void)look_schedule({.cap = 0}), Error);
  EXPECT_THROW((void)look_schedule({.growth = 1}), Error);
  EXPECT_THROW((void)look_schedule({.growth = std::nan("")}), Error);
}

RC_GTEST_PROP(LookSchedule, AscendsToTheCap, ()) {
  const LookPlan plan{.first = *rc::gen::inRange(1, 300),
                      .cap = *rc::gen::inRange(1, 500),
                      .growth = *rc::gen::inRange(101, 300) / 100.0,
                      .spacing = *rc::gen::element(LookSpacing::geometric, LookSpacing::every_block)};
  const Looks looks = look_schedule(plan);
  RC_ASSERT(looks.back() == plan.cap);
  RC_ASSERT(std::adjacent_find(looks.begin(), looks.end(), std::greater_equal<>()) == looks.end());
  RC_ASSERT(looks.size() == 1 || looks.front() == plan.first);
}

// n_0 = 6^2 / 8 = 4.5 and ln(8 / 4.5) / ln(12 / 4.5) = 0.58660.
TEST(LogSpending, FollowsTheLogarithmOfTheBlocks) {
  const std::vector<double> cumulative = log_spending(Looks{6, 8, 12}, 0.05);
  EXPECT_NEAR(cumulative[0], 0.05 * std::log(6 / 4.5) / std::log(12 / 4.5), 1e-15);
  EXPECT_NEAR(cumulative[1], 0.05 * 0.58660, 1e-6);
  EXPECT_EQ(cumulative[2], 0.05);
}

TEST(LogSpending, SingleLookMaySpendEverything) {
  EXPECT_EQ(log_spending(Looks{10}, 0.025), std::vector<double>{0.025});
}

RC_GTEST_PROP(LogSpending, AscendsToAllOfAlpha, ()) {
  const Looks looks = look_schedule({.first = *rc::gen::inRange(1, 60), .cap = *rc::gen::inRange(1, 500)});
  const std::vector<double> cumulative = log_spending(looks, 0.025);
  RC_ASSERT(cumulative.front() > 0.0);
  RC_ASSERT(cumulative.back() == 0.025);
  RC_ASSERT(std::adjacent_find(cumulative.begin(), cumulative.end(), std::greater_equal<>()) == cumulative.end());
}

TEST(ProportionalSpending, SpendsWithTheBlocksAndEndsAtAlpha) {
  const std::vector<double> cumulative = proportional_spending(Looks{5, 10, 20}, 0.04);
  EXPECT_DOUBLE_EQ(cumulative[0], 0.01);
  EXPECT_DOUBLE_EQ(cumulative[1], 0.02);
  EXPECT_EQ(cumulative[2], 0.04);
}

}  // namespace looks_tests
}  // namespace assay::stats
