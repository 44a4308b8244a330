#include "stats/quantile_bounds.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace assay::stats {
namespace quantile_bounds_tests {

std::vector<double> one_to(int last) {
  std::vector<double> values;
  for (int value = 1; value <= last; ++value) values.push_back(value);
  return values;
}

TEST(QuantileBounds, SixValuesBoundTheMedianByTheSmallestAndTheLargest) {
  // The smallest of 6 lies below the median with probability 1 - 2^-6 = 0.984.
  const QuantileBounds bounds = quantile_bounds(one_to(6), {.quantile = 0.5, .confidence = 0.975});
  EXPECT_EQ(bounds.low, 1);
  EXPECT_EQ(bounds.high, 6);
}

TEST(QuantileBounds, FiveValuesDoNotBoundTheMedian) {
  const QuantileBounds bounds = quantile_bounds(one_to(5), {.quantile = 0.5, .confidence = 0.975});  // 1 - 2^-5 = 0.969
  EXPECT_FALSE(bounds.low);
  EXPECT_FALSE(bounds.high);
}

TEST(QuantileBounds, TwentyValuesBoundTheMedianByTheSixthAndTheFifteenth) {
  const QuantileBounds bounds = quantile_bounds(one_to(20), {.quantile = 0.5, .confidence = 0.975});
  EXPECT_EQ(bounds.low, 6);
  EXPECT_EQ(bounds.high, 15);
}

TEST(QuantileBounds, AnUpperQuartileTakesMoreValuesAbove) {
  // All 12 lie below the upper quartile with probability 0.75^12 = 0.032, all 13 with 0.024.
  EXPECT_FALSE(quantile_bounds(one_to(12), {.quantile = 0.75, .confidence = 0.975}).high);
  EXPECT_EQ(quantile_bounds(one_to(13), {.quantile = 0.75, .confidence = 0.975}).high, 13);
  EXPECT_TRUE(quantile_bounds(one_to(3), {.quantile = 0.75, .confidence = 0.975}).low);  // 1 - 0.25^3 = 0.984
}

TEST(QuantileBounds, NoValuesBoundNothing) {
  const QuantileBounds bounds = quantile_bounds({}, {.quantile = 0.5, .confidence = 0.975});
  EXPECT_FALSE(bounds.low || bounds.high);
}

}  // namespace quantile_bounds_tests
}  // namespace assay::stats
