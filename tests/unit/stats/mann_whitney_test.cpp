#include "stats/reference/mann_whitney.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"
#include "core/seed.hpp"
#include "tests/unit/stats/effects_generator.hpp"

namespace assay::stats {
namespace mann_whitney_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<double> normal_values(std::size_t count, Seed seed) {
  Generator generator = seed.stream(Stream::simulation);
  std::vector<double> values(count);
  std::ranges::generate(values, [&] { return generator.normal(); });
  return values;
}

// All C(6,3) = 20 arrangements are equally likely; complete separation is one of them on each side.
TEST(MannWhitneyTest, ThreeAboveThreeIsOneArrangementOfTwenty) {
  const std::vector<double> treatment = {4, 5, 6};
  const std::vector<double> control = {1, 2, 3};
  const TwoSamples samples{.treatment = treatment, .control = control};
  EXPECT_DOUBLE_EQ(mann_whitney_test(samples, Alternative::greater).p, 0.05);
  EXPECT_DOUBLE_EQ(mann_whitney_test(samples, Alternative::two_sided).p, 0.1);
  EXPECT_DOUBLE_EQ(mann_whitney_test(samples, Alternative::less).p, 1);
  EXPECT_EQ(cliffs_delta(samples), 1);
}

TEST(MannWhitneyTest, LargeSamplesUseTheNormalApproximation) {
  const std::vector<double> treatment = normal_values(51, Seed(1));
  const std::vector<double> control = normal_values(10, Seed(2));
  const TwoSamples samples{.treatment = treatment, .control = control};
  EXPECT_FALSE(mann_whitney_test(samples, Alternative::two_sided).exact);
  EXPECT_THROW((void)mann_whitney_exact(samples, Alternative::two_sided), Error);
}

TEST(MannWhitneyTest, ExactAndApproximateAgreeAtFifty) {
  const std::vector<double> treatment = normal_values(50, Seed(3));
  std::vector<double> control = normal_values(50, Seed(4));
  for (double& value : control) value += 0.2;
  const TwoSamples samples{.treatment = treatment, .control = control};
  const double exact = mann_whitney_exact(samples, Alternative::two_sided).p;
  const double approximate = mann_whitney_asymptotic(samples, Alternative::two_sided, ContinuityCorrection::half).p;
  EXPECT_NEAR(approximate / exact, 1, 0.02);
}

TEST(MannWhitneyTest, TiesHaveNoExactProbability) {
  const std::vector<double> values = {1, 2, 2};
  EXPECT_THROW((void)mann_whitney_exact({.treatment = values, .control = values}, Alternative::less), Error);
}

TEST(MannWhitneyTest, EqualValuesShowNothing) {
  const std::vector<double> values = {2, 2, 2};
  EXPECT_EQ(mann_whitney_test({.treatment = values, .control = values}, Alternative::two_sided).p, 1);
}

TEST(MannWhitneyTest, EmptySampleIsRefused) {
  const std::vector<double> values = {2};
  EXPECT_THROW((void)mann_whitney_test({.treatment = values, .control = {}}, Alternative::less), Error);
  EXPECT_THROW((void)hodges_lehmann_shift({.treatment = {}, .control = values}), Error);
}

TEST(MannWhitneyTest, FailedTrialsRankAboveAllOthers) {
  const std::vector<double> treatment = {kInfinity, kInfinity, 3};
  const std::vector<double> control = {1, 2, kInfinity};
  EXPECT_EQ(mann_whitney_test({.treatment = treatment, .control = control}, Alternative::greater).u, 7);
}

/// All differences, written down and sorted; equal infinities differ by 0.
std::vector<double> all_differences(const TwoSamples& samples) {
  std::vector<double> differences;
  for (const double treatment : samples.treatment) {
    for (const double control : samples.control) differences.push_back(treatment == control ? 0 : treatment - control);
  }
  std::ranges::sort(differences);
  return differences;
}

RC_GTEST_PROP(HodgesLehmannShift, IsTheMedianOfAllDifferences, ()) {
  const std::vector<double> treatment = *test::any_effects();
  const std::vector<double> control = *test::any_effects();
  const TwoSamples samples{.treatment = treatment, .control = control};
  const std::vector<double> differences = all_differences(samples);
  const double low = differences[(differences.size() - 1) / 2];
  const double high = differences[differences.size() / 2];
  const bool opposite = std::isinf(low) && std::isinf(high) && low != high;
  const double expected = opposite ? 0 : low == high ? low : low / 2 + high / 2;
  RC_ASSERT(hodges_lehmann_shift(samples) == expected);
}

RC_GTEST_PROP(ShiftInterval, MovesWithTreatment, ()) {
  const std::vector<double> control = *test::coarse_effects();
  std::vector<double> treatment = *test::coarse_effects();
  const Interval before = shift_interval({.treatment = treatment, .control = control}, 0.9);
  for (double& value : treatment) value += 8;
  const Interval after = shift_interval({.treatment = treatment, .control = control}, 0.9);
  RC_ASSERT(after.low == before.low + 8);
  RC_ASSERT(after.high == before.high + 8);
}

// The rarest arrangement of 3 and 3 has probability 1/20 a side: 95 % is out of reach, 90 % is the whole range.
TEST(ShiftInterval, IsUnboundedWhereTheSamplesAreTooSmall) {
  const std::vector<double> treatment = {4, 5, 6};
  const std::vector<double> control = {1, 2, 3};
  const TwoSamples samples{.treatment = treatment, .control = control};
  EXPECT_EQ(shift_interval(samples, 0.95), (Interval{-kInfinity, kInfinity}));
  EXPECT_EQ(shift_interval(samples, 0.9), (Interval{1, 5}));
}

// 51 and 50 values take the approximation, 50 and 50 the exact count: one value more hardly moves the ends.
TEST(ShiftInterval, ApproximationContinuesTheExactOne) {
  std::vector<double> treatment = normal_values(50, Seed(5));
  const std::vector<double> control = normal_values(50, Seed(6));
  const Interval exact = shift_interval({.treatment = treatment, .control = control}, 0.95);
  treatment.push_back(0);
  const Interval approximate = shift_interval({.treatment = treatment, .control = control}, 0.95);
  EXPECT_NEAR(exact.low, approximate.low, 0.05);
  EXPECT_NEAR(exact.high, approximate.high, 0.05);
}

TEST(ShiftInterval, TenThousandValuesAnArmNeedNoTableOfDifferences) {
  const std::vector<double> treatment = normal_values(10000, Seed(7));
  const std::vector<double> control = normal_values(10000, Seed(8));
  const Interval interval = shift_interval({.treatment = treatment, .control = control}, 0.95);
  // The asymptotic half width is 1.96 sqrt(pi / 3) sqrt(2 / 10000).
  EXPECT_NEAR(interval.high - interval.low, 2 * 1.96 * 1.0233 * std::sqrt(2e-4), 0.003);
}

TEST(ShiftInterval, ConfidenceOutsideZeroToOneIsRefused) {
  const std::vector<double> values = {1, 2};
  EXPECT_THROW((void)shift_interval({.treatment = values, .control = values}, 95), Error);
}

}  // namespace mann_whitney_tests
}  // namespace assay::stats
