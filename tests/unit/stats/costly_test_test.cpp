#include "stats/costly/costly_test.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace assay::stats {
namespace costly_test_tests {

CostlyDesign design_of(std::vector<int> strata, int looks = 1) {
  return {.strata = std::move(strata),
          .looks = looks,
          .alpha = {0.025, 0.025},
          .alpha_equivalence = 0.05,
          .margin = 0.03,
          .kappa = 0.5};
}

/// Arms of these lengths that differ by `effect` and little else.
struct Arms {
  std::vector<double> control;
  std::vector<double> treatment;
  std::vector<double> effects;
};
Arms arms(std::size_t count, double effect) {
  Arms all;
  for (std::size_t trial = 0; trial < count; ++trial) {
    const double noise = 0.001 * static_cast<double>(trial * 7 % 5);
    all.control.push_back(noise);
    all.treatment.push_back(effect + 0.001 * static_cast<double>(trial * 3 % 5));
    all.effects.push_back(all.treatment.back() - all.control.back());
  }
  return all;
}
CostlyValues values(const Arms& arms) {
  return {.control = arms.control, .treatment = arms.treatment, .effects = arms.effects};
}

TEST(CostlyTest, OfFiveAndFiveShowsAClearEffect) {
  CostlyTest test(design_of({5}));
  const Arms five = arms(5, -0.2);
  const Look look = test.look(values(five));
  EXPECT_TRUE(look.below_zero);
  EXPECT_TRUE(look.below_kappa_margin);
  EXPECT_FALSE(look.equivalent);
  EXPECT_DOUBLE_EQ(test.p_value(), 2.0 / 252);
}

TEST(CostlyTest, BelowFiveGivesNumbersAndClaimsNothing) {
  CostlyTest test(design_of({4}));
  const Arms four = arms(4, -0.2);
  const Look look = test.look(values(four));
  EXPECT_TRUE(look.too_few);
  EXPECT_NEAR(look.estimate, -0.2, 0.01);
  EXPECT_FALSE(look.below_zero || look.below_kappa_margin || look.not_above_margin || look.equivalent);
  EXPECT_EQ(test.p_value(), 1);
}

// Five differences can show equivalence at 5 % (1/32), but not at the half that each of two looks has.
TEST(CostlyTest, ShowsEquivalenceBySignedRanks) {
  CostlyTest once(design_of({5}));
  CostlyTest twice(design_of({5, 5}, 2));
  const Arms five = arms(5, 0);
  EXPECT_TRUE(once.look(values(five)).equivalent);
  EXPECT_FALSE(twice.look(values(five)).equivalent);
}

TEST(CostlyTest, OfTwoLooksHasHalfOfEveryLevelEach) {
  // 1/252 = 0.004 is within half of 0.025; 12 of 252 would be within the whole alone.
  CostlyTest test(design_of({5, 5}, 2));
  const Arms five = arms(5, -0.2);
  EXPECT_TRUE(test.look(values(five)).below_zero);
  EXPECT_DOUBLE_EQ(test.p_value(), 4.0 / 252);
}

TEST(CostlyTest, OfAStratumThatIsNotCompleteClaimsNothing) {
  CostlyTest test(design_of({10}));
  const Arms seven = arms(7, -0.2);
  const Look look = test.final_look(values(seven));
  EXPECT_FALSE(look.below_zero);
  EXPECT_NEAR(look.estimate, -0.2, 0.01);
}

TEST(CostlyTest, OfQuadsUsesThoseThatAreComplete) {
  CostlyTest test(design_of({2, 2, 2, 2, 2}));
  const Arms six = arms(6, -0.2);
  EXPECT_TRUE(test.final_look(values(six)).below_zero);
}

TEST(CostlyTest, AFailedTreatmentForbidsImproved) {
  CostlyTest test(design_of({5}));
  Arms five = arms(5, -0.2);
  five.treatment[2] = five.effects[2] = std::numeric_limits<double>::infinity();
  const Look look = test.look(values(five));
  EXPECT_FALSE(look.below_zero);
  EXPECT_FALSE(look.not_above_margin);
}

}  // namespace costly_test_tests
}  // namespace assay::stats
