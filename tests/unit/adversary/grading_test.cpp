#include "experiments/adversary/grading.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace assay::adversary {
namespace grading_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Grade at_look(double claimed, Interval ratio) {
  return grade_ratio(claimed, {ratio, ratio.high}, Moment::at_look);
}
Grade at_cap(double claimed, Interval ratio) {
  return grade_ratio(claimed, {ratio, ratio.high}, Moment::at_cap);
}

TEST(GradeRatio, IsConfirmedFromNineTenthsOfTheGainOn) {
  EXPECT_DOUBLE_EQ(confirming_ratio(4), 3.7);
  EXPECT_EQ(at_look(4, {3.7, 4.4}), Grade::confirmed);
  EXPECT_EQ(at_look(4, {3.69, 4.4}), Grade::inconclusive);
  EXPECT_EQ(at_cap(4, {3.69, 4.4}), Grade::inconclusive);
}

TEST(GradeRatio, IsExaggeratedIfTheGainIsRealAndSmaller) {
  EXPECT_EQ(at_look(4, {2.9, 3.1}), Grade::exaggerated);
  EXPECT_EQ(at_look(4, {1.01, 3.69}), Grade::exaggerated);
}

TEST(GradeRatio, IsRefutedEarlyOnlyIfTheGainIsClearlySmall) {
  EXPECT_EQ(at_look(4, {0.95, 1.05}), Grade::refuted);
  EXPECT_EQ(at_look(4, {0.95, 1.75}), Grade::refuted);
  EXPECT_EQ(at_look(4, {0.95, 1.76}), Grade::inconclusive);
  EXPECT_EQ(at_cap(4, {0.95, 1.76}), Grade::refuted);
  EXPECT_EQ(at_cap(4, {1, 1.76}), Grade::refuted);
}

TEST(GradeRatio, IsRefutedOnlyIfTheStrictFarEndIsBelowTheClaimToo) {
  const Interval ratio{0.95, 1.05};
  EXPECT_EQ(grade_ratio(1.5, {ratio, 1.44}, Moment::at_cap), Grade::refuted);
  EXPECT_EQ(grade_ratio(1.5, {ratio, 1.46}, Moment::at_cap), Grade::inconclusive);
  EXPECT_EQ(grade_ratio(1.5, {{1.01, 1.05}, 1.46}, Moment::at_cap), Grade::exaggerated);
}

TEST(GradeRatio, WithoutBoundsIsInconclusive) {
  EXPECT_EQ(at_cap(1.1, {0, kInfinity}), Grade::inconclusive);
}

TEST(ConfirmedClaim, IsTheLargestThatTheNearEndConfirms) {
  for (const double near_end : {1.05, 3.0, 900.0}) {
    const double largest = confirmed_claim(near_end);
    EXPECT_EQ(at_look(largest * (1 - 1e-9), {near_end, near_end * 2}), Grade::confirmed);
    EXPECT_NE(at_look(largest * (1 + 1e-9), {near_end, near_end * 2}), Grade::confirmed);
  }
}

TEST(ChallengeAlpha, OfAllChallengesTogetherStaysBelowAlpha) {
  EXPECT_DOUBLE_EQ(challenge_alpha(0.05, 1), 0.04);
  EXPECT_DOUBLE_EQ(challenge_alpha(0.05, 2), 0.005);
  EXPECT_DOUBLE_EQ(challenge_alpha(0.05, 3), 0.0025);
  double sum = 0;
  for (int number = 1; number <= 60; ++number) sum += challenge_alpha(0.05, number);
  EXPECT_LE(sum, 0.05);
}

}  // namespace grading_tests
}  // namespace assay::adversary
