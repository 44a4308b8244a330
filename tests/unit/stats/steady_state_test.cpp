#include "stats/steady/steady_state.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/seed.hpp"

namespace assay::stats {
namespace steady_state_tests {

struct Stretch {
  std::size_t length = 0;
  double seconds = 0;
};

/// Stretches of these levels with 2 % of noise.
std::vector<double> series_of(const std::vector<Stretch>& stretches) {
  Generator generator = Seed(11).stream(Stream::simulation);
  std::vector<double> series;
  for (const Stretch& stretch : stretches) {
    for (std::size_t at = 0; at < stretch.length; ++at) {
      series.push_back(stretch.seconds * std::exp(0.02 * generator.normal()));
    }
  }
  return series;
}

SteadyState lower_is_better(const std::vector<double>& series) {
  return find_steady_state(series, Direction::lower);
}

TEST(SteadyStates, OfOneLevelAreFlatFromTheFirstIterationOn) {
  const SteadyState state = lower_is_better(series_of({{300, 1}}));
  EXPECT_EQ(state.series_class, SeriesClass::flat);
  EXPECT_EQ(state.start, 0U);
}

TEST(SteadyStates, ThatAreTheBestLevelEndAWarmUp) {
  const SteadyState state = lower_is_better(series_of({{30, 2}, {40, 1.3}, {230, 1}}));
  EXPECT_EQ(state.series_class, SeriesClass::warm_up);
  EXPECT_NEAR(static_cast<double>(state.start), 70, 2);
}

TEST(SteadyStates, ThatFollowABetterLevelAreASlowDown) {
  const SteadyState state = lower_is_better(series_of({{30, 2}, {40, 1}, {230, 1.3}}));
  EXPECT_EQ(state.series_class, SeriesClass::slow_down);
  EXPECT_NEAR(static_cast<double>(state.start), 70, 2);
}

TEST(SteadyStates, HaveTheirClassByTheDirectionOfTheMetric) {
  const std::vector<double> rates = series_of({{70, 1}, {230, 1.3}});
  EXPECT_EQ(find_steady_state(rates, Direction::higher).series_class, SeriesClass::warm_up);
  EXPECT_EQ(find_steady_state(rates, Direction::lower).series_class, SeriesClass::slow_down);
}

TEST(SteadyStates, AreNotReachedWhereTheLastQuarterStillChanges) {
  const SteadyState state = lower_is_better(series_of({{100, 1}, {140, 1.3}, {60, 1.1}}));
  EXPECT_EQ(state.series_class, SeriesClass::no_steady_state);
  EXPECT_EQ(state.start, 225U);
}

TEST(SteadyStates, MayBeginAtTheLastQuarterAndNoLater) {
  EXPECT_EQ(latest_steady_start(300), 225U);
  EXPECT_EQ(latest_steady_start(41), 30U);
  EXPECT_EQ(lower_is_better(series_of({{215, 1.5}, {85, 1}})).series_class, SeriesClass::warm_up);
  EXPECT_EQ(lower_is_better(series_of({{235, 1.5}, {65, 1}})).series_class, SeriesClass::no_steady_state);
}

TEST(SteadyStates, AreNotReachedByACycle) {
  std::vector<double> series = series_of({{400, 1}});
  for (std::size_t at = 0; at < series.size(); ++at) series[at] *= at / 25 % 2 == 0 ? 1 : 1.2;
  EXPECT_EQ(lower_is_better(series).series_class, SeriesClass::no_steady_state);
}

// A burst of 8 of 300 iterations is within the twentieth that bursts may take.
TEST(SteadyStates, OutlastAShortBurst) {
  const SteadyState state = lower_is_better(series_of({{60, 2}, {200, 1}, {8, 1.4}, {32, 1}}));
  EXPECT_EQ(state.series_class, SeriesClass::warm_up);
  EXPECT_NEAR(static_cast<double>(state.start), 60, 2);
}

TEST(SteadyStates, AreNotBegunByASingleSlowFirstIteration) {
  std::vector<double> series = series_of({{300, 1}});
  series[0] = 10;
  EXPECT_EQ(lower_is_better(series).start, 1U);
  EXPECT_EQ(lower_is_better(series).series_class, SeriesClass::warm_up);
}

TEST(SteadyStates, BeginWithAFirstIterationThatIsSlowAsOthersAre) {
  std::vector<double> series = series_of({{300, 1}});
  for (std::size_t at = 0; at < series.size(); at += 15) series[at] = 2;
  EXPECT_EQ(lower_is_better(series).series_class, SeriesClass::flat);
}

TEST(SteadyStates, DoNotDependOnTheUnit) {
  std::vector<double> series = series_of({{30, 2}, {270, 1}});
  const SteadyState seconds = lower_is_better(series);
  for (double& value : series) value *= 1e9;
  EXPECT_EQ(lower_is_better(series).start, seconds.start);
}

TEST(SteadyStates, OfValuesThatMayBeZeroAreFoundWithoutLogarithms) {
  std::vector<double> misses(50, 120.0);
  misses.resize(300, 0.0);
  const SteadyState state = lower_is_better(misses);
  EXPECT_EQ(state.series_class, SeriesClass::warm_up);
  EXPECT_EQ(state.start, 50U);
  EXPECT_EQ(lower_is_better(std::vector<double>(100, 0.0)).series_class, SeriesClass::flat);
}

TEST(SteadyStates, OfSeriesWithoutAnyNoiseAreExact) {
  std::vector<double> counts(33, 1000.0);
  counts.resize(200, 900.0);
  EXPECT_EQ(lower_is_better(counts).start, 33U);
}

// 10,000 values are searched as 2,000 means of 5.
TEST(SteadyStates, OfLongSeriesAreFoundToWithinAGroup) {
  const SteadyState state = lower_is_better(series_of({{1003, 1.5}, {8997, 1}}));
  EXPECT_EQ(state.series_class, SeriesClass::warm_up);
  EXPECT_NEAR(static_cast<double>(state.start), 1003, 10);
  EXPECT_EQ(state.segments.back().end, 10000U);
}

}  // namespace steady_state_tests
}  // namespace assay::stats
