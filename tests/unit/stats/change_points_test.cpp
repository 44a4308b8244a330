#include "stats/steady/change_points.hpp"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/seed.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace change_points_tests {

using Places = std::vector<std::size_t>;

double cost_of(std::span<const double> series, const Places& changes, double penalty) {
  double cost = penalty * static_cast<double>(changes.size());
  std::size_t start = 0;
  for (std::size_t index = 0; index <= changes.size(); ++index) {
    const std::size_t end = index < changes.size() ? changes[index] : series.size();
    const std::span<const double> segment = series.subspan(start, end - start);
    cost += variance(segment) * static_cast<double>(segment.size() - 1);
    start = end;
  }
  return cost;
}

/// The least cost of all divisions: each place between two values is a change or none.
double least_cost(std::span<const double> series, double penalty) {
  double least = std::numeric_limits<double>::infinity();
  for (unsigned division = 0; division < 1U << (series.size() - 1); ++division) {
    Places changes;
    for (std::size_t place = 1; place < series.size(); ++place) {
      if ((division >> (place - 1) & 1U) != 0) changes.push_back(place);
    }
    least = std::min(least, cost_of(series, changes, penalty));
  }
  return least;
}

TEST(ChangePoints, LieWhereTheLevelChanges) {
  const std::vector<double> series = {5, 5, 5, 9, 9, 9, 9, 2, 2};
  EXPECT_EQ(change_points(series, 1), (Places{3, 7}));
}

TEST(ChangePoints, AreNoneInASeriesOfOneLevel) {
  EXPECT_EQ(change_points(std::vector<double>(50, 3.5), 0.1), Places{});
}

TEST(ChangePoints, AreNoneInASeriesOfOneValueOrNone) {
  EXPECT_EQ(change_points(std::vector<double>{1}, 1), Places{});
  EXPECT_EQ(change_points({}, 1), Places{});
}

// Two halves 2 apart, four values each: the division saves 8 * 1 squares.
TEST(ChangePoints, AreWorthTheirPenaltyAndNoMore) {
  const std::vector<double> series = {0, 0, 0, 0, 2, 2, 2, 2};
  EXPECT_EQ(change_points(series, 7.9), (Places{4}));
  EXPECT_EQ(change_points(series, 8.1), Places{});
}

TEST(ChangePoints, DoNotDependOnWhereZeroIs) {
  std::vector<double> series = {0, 0.1, 0, 3, 3.1, 3, 3};
  const Places changes = change_points(series, 0.5);
  for (double& value : series) value += 1e8;
  EXPECT_EQ(change_points(series, 0.5), changes);
}

// Pruning may not lose the best of all 2^(n-1) divisions.
RC_GTEST_PROP(ChangePoints, CostAsLittleAsTheBestOfAllDivisions, (std::uint64_t seed)) {
  Generator generator(seed);
  std::vector<double> series;
  for (std::uint64_t length = 2 + generator.below(10); length > 0; --length) {
    series.push_back(generator.normal() + 3 * static_cast<double>(generator.below(2)));
  }
  const double penalty = 0.2 + 3 * generator.uniform();
  const double cost = cost_of(series, change_points(series, penalty), penalty);
  RC_ASSERT(std::abs(cost - least_cost(series, penalty)) < 1e-9);
}

}  // namespace change_points_tests
}  // namespace assay::stats
