#include "stats/diagnosis/dip.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "stats/diagnosis/triples.hpp"

namespace assay::stats {
namespace dip_tests {

TEST(DipStatistic, EvenSpacingHasTheSmallestDip) {
  EXPECT_DOUBLE_EQ(dip_statistic(std::vector{1.0, 2.0, 3.0, 4.0, 5.0}), 0.1);
  EXPECT_DOUBLE_EQ(dip_statistic(std::vector{4.0}), 0.5);
}

// Two points of equal weight: the best unimodal curve is a quarter off both.
TEST(DipStatistic, TwoPointsHaveNearlyTheLargest) {
  std::vector<double> values(100, 0.0);
  std::fill(values.begin() + 50, values.end(), 1.0);
  for (std::size_t index = 0; index < values.size(); ++index) values[index] += 1e-9 * static_cast<double>(index);
  EXPECT_NEAR(dip_statistic(values), 0.25, 0.001);
}

TEST(DipStatistic, EqualValuesAreOneMode) {
  EXPECT_LE(dip_statistic(std::vector<double>(10, 3.0)), 0.1);
}

TEST(DipStatistic, ShiftAndScaleDoNotMatter) {
  const std::vector<double> values = {0.1, 0.2, 0.25, 0.7, 0.9, 1.3, 1.31, 1.32};
  std::vector<double> moved = values;
  for (double& value : moved) value = 100 + 8 * value;
  EXPECT_NEAR(dip_statistic(values), dip_statistic(moved), 1e-12);
}

TEST(DipPValue, SmallestDipIsCertain) {
  EXPECT_EQ(dip_p_value(0.05, 10, Seed(1).stream(Stream::bootstrap)), 1);
}

/// By definition, triple by triple.
double plain_triples(const std::vector<double>& sorted) {
  double excess = 0;
  double triples = 0;
  for (std::size_t high = 0; high < sorted.size(); ++high) {
    for (std::size_t middle = 0; middle < high; ++middle) {
      for (std::size_t low = 0; low < middle; ++low) {
        const double above = sorted[high] - sorted[middle];
        const double below = sorted[middle] - sorted[low];
        excess += above > below ? 1 : above < below ? -1 : 0;
        ++triples;
      }
    }
  }
  return excess / triples;
}

TEST(TriplesStatistic, CountsTriplesByTheirMiddle) {
  std::vector<double> values;
  Generator generator = Seed(3).stream(Stream::simulation);
  for (int index = 0; index < 25; ++index) values.push_back(std::round(std::exp(2 * generator.normal())));
  std::ranges::sort(values);
  EXPECT_DOUBLE_EQ(triples_statistic(values), plain_triples(values));
}

TEST(TriplesStatistic, SymmetricValuesHaveNone) {
  EXPECT_EQ(triples_statistic(std::vector{-3.0, -1.0, 0.0, 1.0, 3.0}), 0);
  EXPECT_EQ(triples_statistic(std::vector{1.0, 2.0}), 0);
}

}  // namespace dip_tests
}  // namespace assay::stats
