#include "stats/reference/mann_whitney.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"
#include "core/seed.hpp"
#include "stats/summary.hpp"
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

/// How many differences are at most, or below, a bound: treatment after treatment, both in ascending order.
template <class IsWithin>
std::int64_t differences_where(const TwoSamples& sorted, const IsWithin& is_within) {
  std::int64_t total = 0;
  auto first_within = sorted.control.begin();
  for (const double treatment : sorted.treatment) {
    while (first_within != sorted.control.end() && !is_within(treatment - *first_within)) ++first_within;
    total += sorted.control.end() - first_within;
  }
  return total;
}

/// Whether the value has rank `index` among all differences.
bool has_rank(const TwoSamples& sorted, double value, std::int64_t index) {
  return differences_where(sorted, [=](double difference) { return difference < value; }) <= index &&
         differences_where(sorted, [=](double difference) { return difference <= value; }) > index;
}

// So many values are searched from bounds that thinned samples suggest. What is found has the very rank all the same,
// also if nearly all differences are tied, or if one value in ten thousand lies far out.
TEST(HodgesLehmannShift, IsExactForSamplesThatAreThinnedFirst) {
  std::vector<double> treatment = normal_values(220'001, Seed(9));
  std::vector<double> control = normal_values(200'001, Seed(10));
  std::vector<double> tied_treatment = treatment;
  std::vector<double> tied_control = control;
  for (double& value : tied_treatment) value = std::round(value) + 1;
  for (double& value : tied_control) value = std::round(value);
  for (std::size_t far = 0; far < control.size(); far += 10'000) control[far] += 1e9;
  for (std::vector<double>* values : {&treatment, &control, &tied_treatment, &tied_control}) sort_ascending(*values);
  for (const TwoSamples& samples : {TwoSamples{.treatment = treatment, .control = control},
                                    TwoSamples{.treatment = tied_treatment, .control = tied_control}}) {
    const std::int64_t half = std::ssize(samples.treatment) * std::ssize(samples.control) / 2;
    EXPECT_TRUE(has_rank(samples, hodges_lehmann_shift(samples), half));
    const Interval interval = shift_interval(samples, 0.95);
    const std::int64_t outside = [&] {
      const auto product = static_cast<double>(samples.treatment.size()) * static_cast<double>(samples.control.size());
      const auto total = static_cast<double>(samples.treatment.size() + samples.control.size() + 1);
      return static_cast<std::int64_t>(product / 2 - 1.959963984540054 * std::sqrt(product * total / 12));
    }();
    // The rank of the ends is known to a few differences of 4.4e10 only: the quantile above is rounded.
    EXPECT_LE(differences_where(samples, [&](double one) { return one < interval.low; }), outside + 10);
    EXPECT_GE(differences_where(samples, [&](double one) { return one <= interval.low; }), outside - 10);
  }
}

TEST(HodgesLehmannShift, IsTheMeanOfTheMiddleTwoOfAnEvenNumberOfDifferences) {
  std::vector<double> treatment = normal_values(220'000, Seed(11));
  std::vector<double> control = normal_values(200'000, Seed(12));
  sort_ascending(treatment);
  sort_ascending(control);
  const TwoSamples samples{.treatment = treatment, .control = control};
  const double middle = hodges_lehmann_shift(samples);
  const std::int64_t half = std::ssize(treatment) * std::ssize(control) / 2;
  EXPECT_EQ(differences_where(samples, [=](double difference) { return difference < middle; }), half);
}

TEST(ShiftInterval, ConfidenceOutsideZeroToOneIsRefused) {
  const std::vector<double> values = {1, 2};
  EXPECT_THROW((void)shift_interval({.treatment = values, .control = values}, 95), Error);
}

}  // namespace mann_whitney_tests
}  // namespace assay::stats
