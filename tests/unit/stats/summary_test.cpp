#include "stats/summary.hpp"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace assay::stats {
namespace summary_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Quartiles of type 7 lie at 1 + 3 q: 1.75 and 3.25. Deviations from the median 2.5 are 0.5, 0.5, 1.5, 7.5.
TEST(Summary, DescribesAnArm) {
  const ArmSummary summary = summarise(std::vector{10.0, 1.0, 3.0, 2.0}, 2);
  EXPECT_EQ(summary.count, 4);
  EXPECT_EQ(summary.failed, 2);
  EXPECT_EQ(summary.median, 2.5);
  EXPECT_EQ(summary.mad, 1);
  EXPECT_EQ(summary.mean, 4);
  EXPECT_DOUBLE_EQ(summary.standard_deviation * summary.standard_deviation, 50.0 / 3);
  EXPECT_EQ(summary.minimum, 1);
  EXPECT_EQ(summary.lower_quartile, 1.75);
  EXPECT_EQ(summary.upper_quartile, 4.75);
  EXPECT_EQ(summary.maximum, 10);
}

TEST(Summary, ArmWithoutValuesHasOnlyItsFailures) {
  EXPECT_EQ(summarise({}, 3), (ArmSummary{.failed = 3}));
}

TEST(Summary, OneValueHasNoSpread) {
  const ArmSummary summary = summarise(std::vector{7.0}, 0);
  EXPECT_EQ(summary.standard_deviation, 0);
  EXPECT_EQ(summary.mad, 0);
  EXPECT_EQ(summary.lower_quartile, 7);
}

// Mean of squares less square of mean would give 0 or less here.
TEST(Summary, VarianceKeepsSmallSpreadOfLargeValues) {
  EXPECT_DOUBLE_EQ(variance(std::vector{1e9 + 1, 1e9 + 2, 1e9 + 3}), 1);
}

TEST(Summary, MedianTakesFailedTrialsAsBeyondAllValues) {
  EXPECT_EQ(median(std::vector{kInfinity, 1.0, 2.0}), 2);
  EXPECT_EQ(median(std::vector{kInfinity, kInfinity, 2.0}), kInfinity);
  EXPECT_EQ(median(std::vector{kInfinity, -kInfinity}), 0);
}

TEST(Ascending, LendsValuesThatAreInOrderAndSortsOthers) {
  const std::vector<double> sorted = {1, 2, 2, kInfinity};
  EXPECT_EQ(Ascending(sorted).values().data(), sorted.data());
  const std::vector<double> mixed = {2, kInfinity, -kInfinity, 1};
  const Ascending ascending(mixed);
  EXPECT_EQ(std::vector<double>(ascending.values().begin(), ascending.values().end()),
            (std::vector<double>{-kInfinity, 1, 2, kInfinity}));
  EXPECT_TRUE(Ascending({}).values().empty());
}

TEST(Summary, MedianOfSortedValuesIsTheirMedian) {
  EXPECT_EQ(median_of_sorted(std::vector{1.0, 2.0, 4.0}), 2);
  EXPECT_EQ(median_of_sorted(std::vector{1.0, 2.0, 4.0, 9.0}), 3);
  EXPECT_EQ(median_of_sorted(std::vector{-kInfinity, kInfinity}), 0);
}

// The distances of 1, 2, 4, 8, 16 from 4 are 3, 2, 0, 4, 12; those of 1, 2, 4, 8 from 3 are 2, 1, 1, 5.
TEST(Summary, MedianAbsoluteDeviationTakesTheMiddleDistance) {
  EXPECT_EQ(median_absolute_deviation(std::vector{16.0, 1.0, 8.0, 2.0, 4.0}), 3);
  EXPECT_EQ(median_absolute_deviation(std::vector{8.0, 1.0, 4.0, 2.0}), 1.5);
  EXPECT_EQ(median_absolute_deviation(std::vector{7.0}), 0);
  EXPECT_EQ(median_absolute_deviation(std::vector{5.0, 5.0, 5.0, 9.0}), 0);
  EXPECT_EQ(median_absolute_deviation(std::vector{-3.0, -2.0, -1.0}), 1);
}

TEST(Summary, QuantilesInterpolateBetweenNeighbours) {
  const std::vector<double> sorted = {0, 10, 20};
  EXPECT_EQ(quantile_of_sorted(sorted, 0), 0);
  EXPECT_EQ(quantile_of_sorted(sorted, 0.25), 5);
  EXPECT_EQ(quantile_of_sorted(sorted, 1), 20);
}

}  // namespace summary_tests
}  // namespace assay::stats
