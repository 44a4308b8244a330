#include "stats/median_interval.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace assay::stats {
namespace median_interval_tests {

std::vector<double> first_numbers(int count) {
  std::vector<double> numbers;
  for (int number = 1; number <= count; ++number) numbers.push_back(number);
  return numbers;
}

TEST(MedianInterval, FiveValuesAreTooFewFor95Percent) {
  EXPECT_FALSE(median_interval(first_numbers(5), 0.95));
  EXPECT_FALSE(median_interval({}, 0.95));
}

TEST(MedianInterval, OfSixValuesGoesFromTheSmallestToTheLargest) {
  const auto found = median_interval(first_numbers(6), 0.95);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->interval, (Interval{1, 6}));
  EXPECT_DOUBLE_EQ(found->confidence, 1 - 2.0 / 64);  // all six on one side of the median
}

TEST(MedianInterval, OfTenValuesLeavesOneOutOnEachSide) {
  const auto found = median_interval(first_numbers(10), 0.95);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->interval, (Interval{2, 9}));
  EXPECT_DOUBLE_EQ(found->confidence, 1 - 2.0 * (1 + 10) / 1024);
}

// The 4th and the 13th: P(X < 4) = (1 + 16 + 120 + 560) / 2^16 for 16 throws, and the 5th would leave 92.3 %.
TEST(MedianInterval, OfSixteenValuesHasThreeOutsideOnEachSide) {
  const auto found = median_interval(first_numbers(16), 0.95);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->interval, (Interval{4, 13}));
  EXPECT_NEAR(found->confidence, 1 - 2.0 * (1 + 16 + 120 + 560) / 65536, 1e-15);
}

}  // namespace median_interval_tests
}  // namespace assay::stats
