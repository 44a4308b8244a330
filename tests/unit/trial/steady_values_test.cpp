#include "experiments/trial/metrics/steady_values.hpp"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

namespace assay::trial {
namespace steady_values_tests {

Metric steady(TrialStatistic statistic) {
  Metric metric;
  metric.name = "iteration";
  metric.statistic = statistic;
  return metric;
}

/// `slow` iterations of 2 s, then 1 s each, the last of them 5 s.
std::vector<double> iterations(std::size_t slow, std::size_t all) {
  std::vector<double> series(all, 1.0);
  std::fill_n(series.begin(), slow, 2.0);
  series.back() = 5;
  return series;
}

SteadySeries series_of(TrialStatistic statistic, std::vector<double> values) {
  return std::get<SteadySeries>(steady_series(steady(statistic), 3, std::move(values)));
}

TEST(SteadySeries, TellsWhereTheSteadyStateBegins) {
  const SteadySeries series = series_of(TrialStatistic::steady_mean, iterations(30, 100));
  EXPECT_EQ(series.metric, 3U);
  EXPECT_EQ(series.series_class, SeriesClass::warm_up);
  EXPECT_EQ(series.iterations, 100);
  EXPECT_EQ(series.steady_from, 30);
}

// The grid is 0, 1 .. 10, 12, 14, 16, 18, 20, 23, 26, 29, 32, 36, 40, 45, 50, 56, 62, 69, 76: 75 is a quarter's start.
TEST(SteadySeries, HasValuesOnTheGridFromTheSteadyStateToTheLastQuarter) {
  const SteadySeries series = series_of(TrialStatistic::steady_mean, iterations(30, 100));
  std::vector<int> starts;
  for (const ValueFromStart& value : series.values) starts.push_back(value.start);
  EXPECT_EQ(starts, (std::vector{32, 36, 40, 45, 50, 56, 62, 69, 76}));
}

TEST(SteadySeries, HasTheMeanOrTheMedianFromEachStartOn) {
  const SteadySeries means = series_of(TrialStatistic::steady_mean, iterations(30, 100));
  EXPECT_DOUBLE_EQ(means.values.front().value, (67 + 5) / 68.0);
  EXPECT_DOUBLE_EQ(means.values.back().value, (23 + 5) / 24.0);
  EXPECT_EQ(series_of(TrialStatistic::steady_median, iterations(30, 100)).values.front().value, 1);
}

TEST(SteadySeries, HasTheLastQuarterAloneWhereItIsNeverSteady) {
  std::vector<double> rising(100);
  std::iota(rising.begin(), rising.end(), 1.0);
  const SteadySeries series = series_of(TrialStatistic::steady_mean, rising);
  EXPECT_EQ(series.series_class, SeriesClass::no_steady_state);
  EXPECT_EQ(series.steady_from, 75);
  ASSERT_EQ(series.values.size(), 1U);
  EXPECT_EQ(series.values[0].start, 76);
}

TEST(SteadySeries, OfAMillionIterationsHasFewValues) {
  EXPECT_LE(series_of(TrialStatistic::steady_mean, std::vector<double>(kMostIterations, 1.0)).values.size(), 125U);
}

TEST(SteadySeries, IsRefusedOfTooFewAndTooManyIterations) {
  const auto why_not = [](std::size_t count) {
    return std::get<std::string>(steady_series(steady(TrialStatistic::steady_mean), 0, std::vector<double>(count, 1)));
  };
  EXPECT_EQ(why_not(39), "39 iterations: a steady state is looked for in 40 or more");
  EXPECT_EQ(why_not(kMostIterations + 1),
            "1000001 iterations are more than 1000000: report means of neighbouring ones");
}

}  // namespace steady_values_tests
}  // namespace assay::trial
