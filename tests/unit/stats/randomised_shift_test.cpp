#include "stats/costly/randomised_shift.hpp"

#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"
#include "stats/reference/permutation.hpp"

namespace assay::stats {
namespace randomised_shift_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

RandomisedShift shift_of(const std::vector<double>& control, const std::vector<double>& treatment,
                         const std::vector<int>& strata) {
  return RandomisedShift({.control = control, .treatment = treatment, .strata = strata});
}

// One of the C(10, 5) = 252 divisions of five and five is as extreme as the clean separation.
TEST(RandomisedShift, OfFiveAndFiveReachesOneIn252) {
  const RandomisedShift shift = shift_of({6, 7, 8, 9, 10}, {1, 2, 3, 4, 5}, {5});
  EXPECT_DOUBLE_EQ(shift.p_below_zero(), 1.0 / 252);
  EXPECT_DOUBLE_EQ(shift.p_above_zero(), 1);
  EXPECT_DOUBLE_EQ(shift.estimate(), -5);
}

// Three quads have 6^3 = 216 divisions: 0.0093 two-sided, as statistics' table of smallest p-values says.
TEST(RandomisedShift, OfThreeQuadsReachesOneIn216) {
  const RandomisedShift shift = shift_of({6, 7, 16, 17, 26, 27}, {1, 2, 11, 12, 21, 22}, {2, 2, 2});
  EXPECT_DOUBLE_EQ(shift.p_below_zero(), 1.0 / 216);
}

// Two ends at 5 %: 6 of 252 divisions may be counted on each side.
TEST(RandomisedShift, IntervalHoldsTheEstimate) {
  const RandomisedShift shift = shift_of({1.0, 1.2, 0.9, 1.1, 1.05}, {1.3, 1.25, 1.4, 1.1, 1.35}, {5});
  const Interval interval = shift.interval({0.025, 0.025});
  EXPECT_LT(interval.low, shift.estimate());
  EXPECT_GT(interval.high, shift.estimate());
}

TEST(RandomisedShift, IsUnboundedWhereNoDivisionMayBeCounted) {
  // C(6, 3) = 20: 2.5 % of 20 is less than the one that was drawn.
  const RandomisedShift shift = shift_of({1, 2, 3}, {4, 5, 6}, {3});
  EXPECT_EQ(shift.interval({0.025, 0.025}), (Interval{-kInfinity, kInfinity}));
}

TEST(RandomisedShift, AFailedTreatmentIsWorseThanAnyValue) {
  const RandomisedShift shift = shift_of({6, 7, 8, 9, 10}, {1, 2, 3, 4, kInfinity}, {5});
  EXPECT_EQ(shift.estimate(), kInfinity);
  EXPECT_GT(shift.p_below_zero(), 0.5);
  EXPECT_EQ(shift.interval({0.025, 0.025}).high, kInfinity);
}

TEST(RandomisedShift, EqualFailuresLeaveTheRest) {
  const RandomisedShift shift = shift_of({6, 7, 8, 9, kInfinity}, {1, 2, 3, 4, kInfinity}, {5});
  EXPECT_DOUBLE_EQ(shift.estimate(), -5);
}

TEST(RandomisedShift, OfEqualValuesShowsNothing) {
  const RandomisedShift shift = shift_of({0.1, 0.1, 0.1, 0.1, 0.1}, {0.1, 0.1, 0.1, 0.1, 0.1}, {5});
  EXPECT_EQ(shift.p_below_zero(), 1);
  EXPECT_EQ(shift.p_above_zero(), 1);
}

TEST(RandomisedShift, RefusesArmsThatDoNotFillTheStrata) {
  EXPECT_THROW((void)shift_of({1, 2}, {1, 2}, {3}), Error);
  EXPECT_THROW((void)shift_of({}, {}, {}), Error);
}

rc::Gen<std::vector<double>> values(std::size_t count) {
  return rc::gen::container<std::vector<double>>(
      count, rc::gen::map(rc::gen::inRange(0, 400), [](int place) { return place / 16.0; }));
}

// Against a program of another build: it enumerates divisions of the pooled values.
RC_GTEST_PROP(RandomisedShift, AgreesWithTheTwoSamplePermutationTest, ()) {
  const std::size_t count = *rc::gen::inRange<std::size_t>(2, 6);
  const std::vector<double> control = *values(count);
  const std::vector<double> treatment = *values(count);
  const RandomisedShift shift = shift_of(control, treatment, {static_cast<int>(count)});
  const TwoSamples samples{.treatment = treatment, .control = control};
  const auto p = [&](Alternative side) { return two_sample_permutation_test(samples, side, {}).p; };
  RC_ASSERT(std::abs(shift.p_below_zero() - p(Alternative::less)) < 1e-12);
  RC_ASSERT(std::abs(shift.p_above_zero() - p(Alternative::greater)) < 1e-12);
}

// The interval is the inversion of the test: a shift is inside where the test of the values less that shift does not
// reject, and outside where it does.
RC_GTEST_PROP(RandomisedShift, IntervalInvertsTheTest, ()) {
  const std::vector<double> control = *values(6);
  const std::vector<double> treatment = *values(6);
  const std::vector<int> strata =
      *rc::gen::element(std::vector<int>{6}, std::vector<int>{2, 2, 2}, std::vector<int>{2, 4});
  const SideLevels levels{0.025, 0.025};
  const Interval interval = shift_of(control, treatment, strata).interval(levels);
  const auto rejects = [&](double shift) {
    std::vector<double> shifted = treatment;
    for (double& value : shifted) value -= shift;
    const RandomisedShift there = shift_of(control, shifted, strata);
    return there.p_below_zero() <= levels.below_zero || there.p_above_zero() <= levels.above_zero;
  };
  if (std::isfinite(interval.low)) {
    RC_ASSERT(rejects(interval.low - 1e-6));
    RC_ASSERT(!rejects(interval.low + 1e-6) || interval.high - interval.low < 1e-5);
  }
  if (std::isfinite(interval.high)) {
    RC_ASSERT(rejects(interval.high + 1e-6));
    RC_ASSERT(!rejects(interval.high - 1e-6) || interval.high - interval.low < 1e-5);
  }
}

}  // namespace randomised_shift_tests
}  // namespace assay::stats
