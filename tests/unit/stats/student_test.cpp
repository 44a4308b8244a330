#include "stats/reference/student.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace assay::stats {
namespace student_tests {

// Mean 2, standard error 1/sqrt(3) of 1, 2, 3.
TEST(PairedTTest, IsStudentsOfTheDifferences) {
  const TTest test = paired_t_test(std::vector{1.0, 2.0, 3.0}, 0, Alternative::greater);
  EXPECT_DOUBLE_EQ(test.t, 2 * std::sqrt(3.0));
  EXPECT_EQ(test.degrees_of_freedom, 2);
  // With 2 degrees of freedom P(T > t) = 1/2 - t / (2 sqrt(2 + t^2)).
  EXPECT_NEAR(test.p, 0.5 - test.t / (2 * std::sqrt(2 + test.t * test.t)), 1e-12);
}

TEST(PairedTTest, DifferencesThatNeverVaryAreInfinitelyFarFromZero) {
  const TTest test = paired_t_test(std::vector{0.5, 0.5, 0.5}, 0, Alternative::two_sided);
  EXPECT_EQ(test.t, std::numeric_limits<double>::infinity());
  EXPECT_GT(test.p, 0);
  EXPECT_LT(test.p, 1e-300);
  EXPECT_EQ(test.interval(0.95), (Interval{0.5, 0.5}));
}

TEST(PairedTTest, NoDifferenceAtAllShowsNothing) {
  EXPECT_EQ(paired_t_test(std::vector{0.0, 0.0}, 0, Alternative::two_sided).p, 1);
}

TEST(WelchTTest, SwappingTheArmsTurnsTheSign) {
  const std::vector<double> treatment = {1, 4, 2, 8};
  const std::vector<double> control = {3, 3.5, 9};
  const TTest there = welch_t_test({.treatment = treatment, .control = control}, Alternative::less);
  const TTest back = welch_t_test({.treatment = control, .control = treatment}, Alternative::greater);
  EXPECT_DOUBLE_EQ(there.t, -back.t);
  EXPECT_DOUBLE_EQ(there.p, back.p);
}

TEST(YuenTTest, WithoutTrimmingIsWelchs) {
  const std::vector<double> treatment = {1, 4, 2, 8};
  const std::vector<double> control = {3, 3.5, 9};
  const TwoSamples samples{.treatment = treatment, .control = control};
  EXPECT_DOUBLE_EQ(yuen_t_test(samples, 0, Alternative::two_sided).p, welch_t_test(samples, Alternative::two_sided).p);
}

TEST(YuenTTest, TrimmedAwayOutlierMovesNothing) {
  const std::vector<double> control = {1, 2, 3, 4, 5, 6};
  const std::vector<double> tame = {2, 3, 4, 5, 6, 7};
  const std::vector<double> wild = {2, 3, 4, 5, 6, 7000};
  EXPECT_EQ(yuen_t_test({.treatment = tame, .control = control}, 0.2, Alternative::two_sided).p,
            yuen_t_test({.treatment = wild, .control = control}, 0.2, Alternative::two_sided).p);
}

TEST(StudentsTests, InputsThatCannotBeComparedAreRefused) {
  const std::vector<double> one = {1};
  const std::vector<double> two = {1, 2};
  const std::vector<double> infinite = {1, std::numeric_limits<double>::infinity()};
  EXPECT_THROW((void)paired_t_test(one, 0, Alternative::less), Error);
  EXPECT_THROW((void)welch_t_test({.treatment = infinite, .control = two}, Alternative::less), Error);
  EXPECT_THROW((void)yuen_t_test({.treatment = two, .control = two}, 0.5, Alternative::less), Error);
  EXPECT_THROW((void)yuen_t_test({.treatment = two, .control = two}, -0.1, Alternative::less), Error);
  EXPECT_THROW((void)paired_t_equivalence(two, 0), Error);
  EXPECT_THROW((void)paired_t_test(two, 0, Alternative::less).interval(0), Error);
}

TEST(PairedTEquivalence, MeanAtTheMarginIsNotInsideIt) {
  EXPECT_DOUBLE_EQ(paired_t_equivalence(std::vector{0.9, 1.0, 1.1}, 1).p, 0.5);
}

}  // namespace student_tests
}  // namespace assay::stats
