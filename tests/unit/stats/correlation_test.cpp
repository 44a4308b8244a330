#include "stats/reference/correlation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/seed.hpp"
#include "stats/summary.hpp"
#include "tests/unit/stats/effects_generator.hpp"

namespace assay::stats {
namespace correlation_tests {

std::vector<double> ramp(std::size_t count) {
  std::vector<double> values(count);
  std::iota(values.begin(), values.end(), 0.0);
  return values;
}

std::vector<double> noise(std::size_t count) {
  Generator generator = Seed(9).stream(Stream::simulation);
  std::vector<double> values(count);
  std::ranges::generate(values, [&] { return generator.normal(); });
  return values;
}

// One permutation of 6! = 720 on each side.
TEST(Kendall, PerfectOrderOfSixHasProbabilityTwoIn720) {
  const std::vector<double> values = {1, 2, 5, 7, 8, 20};
  const Correlation result = kendall({.first = ramp(6), .second = values});
  EXPECT_DOUBLE_EQ(result.coefficient, 1);
  EXPECT_DOUBLE_EQ(result.p, 2.0 / 720);
}

TEST(Kendall, PerfectOrderOfTenThousandIsNotImpossible) {
  const std::vector<double> values = ramp(10000);
  const Correlation result = kendall({.first = values, .second = values});
  EXPECT_DOUBLE_EQ(result.coefficient, 1);
  EXPECT_GT(result.p, 0);
}

RC_GTEST_PROP(Kendall, CountsPairs, ()) {
  const std::vector<double> values = *test::coarse_effects();
  RC_PRE(values.size() >= 3);
  double excess = 0;
  double untied = 0;
  for (std::size_t later = 0; later < values.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      excess += values[later] > values[earlier] ? 1 : 0;
      excess -= values[later] < values[earlier] ? 1 : 0;
      untied += values[later] != values[earlier] ? 1 : 0;
    }
  }
  const auto pairs = static_cast<double>(values.size() * (values.size() - 1) / 2);
  const double expected = untied > 0 ? excess / std::sqrt(untied * pairs) : 0;
  RC_ASSERT(std::abs(kendall({.first = ramp(values.size()), .second = values}).coefficient - expected) < 1e-12);
}

TEST(Correlations, ConstantSeriesShowNothing) {
  const std::vector<double> constant(8, 2.0);
  EXPECT_EQ(kendall({.first = ramp(8), .second = constant}).p, 1);
  EXPECT_EQ(spearman({.first = ramp(8), .second = constant}).p, 1);
  EXPECT_EQ(lag_one_autocorrelation(constant), 0);
  EXPECT_EQ(theil_sen_slope(constant), 0);
}

TEST(Correlations, TwoPairsShowNothing) {
  EXPECT_EQ(kendall({.first = ramp(2), .second = ramp(2)}).p, 1);
  EXPECT_EQ(spearman({.first = ramp(2), .second = ramp(2)}).p, 1);
}

TEST(Spearman, SeesOnlyTheOrder) {
  std::vector<double> values = noise(20);
  const Correlation before = spearman({.first = ramp(20), .second = values});
  for (double& value : values) value = std::exp(value);
  EXPECT_DOUBLE_EQ(spearman({.first = ramp(20), .second = values}).p, before.p);
  *std::ranges::max_element(values) = std::numeric_limits<double>::infinity();
  EXPECT_DOUBLE_EQ(spearman({.first = ramp(20), .second = values}).p, before.p);
}

// Deviations from the mean 2.5 are -1.5, -0.5, 0.5, 1.5: (0.75 - 0.25 + 0.75) / 5.
TEST(LagOneAutocorrelation, IsTheShareOfNeighbouringProducts) {
  EXPECT_DOUBLE_EQ(lag_one_autocorrelation(std::vector{1.0, 2.0, 3.0, 4.0}), 0.25);
}

/// The median of all slopes, written down.
double plain_slope(const std::vector<double>& values) {
  std::vector<double> slopes;
  for (std::size_t later = 0; later < values.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      slopes.push_back((values[later] - values[earlier]) / static_cast<double>(later - earlier));
    }
  }
  return median(slopes);
}

RC_GTEST_PROP(TheilSen, IsTheMedianOfAllSlopes, ()) {
  const std::vector<double> values = *test::coarse_effects();
  RC_PRE(values.size() >= 2);
  RC_ASSERT(std::abs(theil_sen_slope(values) - plain_slope(values)) < 1e-9);
}

TEST(TheilSen, OutliersDoNotMoveIt) {
  std::vector<double> values = ramp(21);
  values[3] = 1e6;
  values[17] = -1e6;
  EXPECT_NEAR(theil_sen_slope(values), 1, 1e-9);
}

TEST(TheilSen, TenThousandValuesNeedNoTableOfSlopes) {
  std::vector<double> values = noise(10000);
  for (std::size_t step = 0; step < values.size(); ++step) values[step] += 0.001 * static_cast<double>(step);
  EXPECT_NEAR(theil_sen_slope(values), 0.001, 1e-5);
}

}  // namespace correlation_tests
}  // namespace assay::stats
