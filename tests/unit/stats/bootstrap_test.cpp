#include "stats/reference/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "stats/reference/resampled_values.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace bootstrap_tests {

std::vector<double> skewed_values(std::size_t count) {
  Generator generator = Seed(1).stream(Stream::simulation);
  std::vector<double> values(count);
  std::ranges::generate(values, [&] { return std::exp(0.5 * generator.normal()); });
  return values;
}

void expect_same(const BootstrapInterval& first, const BootstrapInterval& second) {
  EXPECT_EQ(first.interval, second.interval);
  EXPECT_EQ(first.bias_correction, second.bias_correction);
}

TEST(Bootstrap, ResultIsTheSameWhateverTheNumberOfThreads) {
  const std::vector<double> values = skewed_values(101);
  expect_same(bca_mean(values, 0.95, {.seed = Seed(2)}), bca_mean(values, 0.95, {.seed = Seed(2), .threads = 3}));
  expect_same(bca_median(values, 0.95, {.seed = Seed(2)}), bca_median(values, 0.95, {.seed = Seed(2), .threads = 7}));
}

TEST(Bootstrap, AnotherSeedGivesAnotherInterval) {
  const std::vector<double> values = skewed_values(50);
  EXPECT_NE(bca_mean(values, 0.95, {.seed = Seed(2)}).interval, bca_mean(values, 0.95, {.seed = Seed(3)}).interval);
}

// They draw by other ways: two runs of 9,999 resamples agree to a few hundredths of the interval's width.
TEST(Bootstrap, StatisticsGivenAsFunctionsAgreeWithTheFastOnes) {
  const std::vector<double> values = skewed_values(30);
  const Resampling how{.seed = Seed(4)};
  const auto expect_near = [](const Interval& fast, const Interval& slow) {
    EXPECT_NEAR(fast.low, slow.low, 0.04 * (slow.high - slow.low));
    EXPECT_NEAR(fast.high, slow.high, 0.04 * (slow.high - slow.low));
  };
  expect_near(bca_mean(values, 0.9, how).interval, bca(values, mean, 0.9, how).interval);
  expect_near(bca_median(values, 0.9, how).interval, bca(values, median, 0.9, how).interval);
}

TEST(Bootstrap, DifferenceOfMediansAgreesWithTheStatisticGivenAsAFunction) {
  const std::vector<double> values = skewed_values(30);
  const std::vector<double> others = skewed_values(45);
  const TwoSamples samples{.treatment = values, .control = others};
  const Resampling how{.seed = Seed(4)};
  const auto difference = [](const TwoSamples& drawn) { return median(drawn.treatment) - median(drawn.control); };
  const BootstrapInterval fast = bca_median_difference(samples, 0.9, how);
  const BootstrapInterval slow = bca(samples, difference, 0.9, how);
  EXPECT_EQ(fast.estimate, slow.estimate);
  EXPECT_NEAR(fast.acceleration, slow.acceleration, 1e-12);
  EXPECT_NEAR(fast.interval.low, slow.interval.low, 0.04 * (slow.interval.high - slow.interval.low));
  EXPECT_NEAR(fast.interval.high, slow.interval.high, 0.04 * (slow.interval.high - slow.interval.low));
}

// The interval of a long-tailed sample reaches farther up than down, which the plain normal one does not.
TEST(Bootstrap, IntervalFollowsTheSkew) {
  const BootstrapInterval result = bca_mean(skewed_values(60), 0.95, {.seed = Seed(5)});
  EXPECT_GT(result.acceleration, 0);
  EXPECT_GT(result.interval.high - result.estimate, result.estimate - result.interval.low);
}

TEST(Bootstrap, ValuesThatNeverVaryHaveAPointForAnInterval) {
  EXPECT_EQ(bca_mean(std::vector{3.0, 3.0, 3.0}, 0.95, {}).interval, (Interval{3, 3}));
}

TEST(Bootstrap, StatisticAtTheEdgeOfItsReplicatesStaysFinite) {
  const Statistic largest = [](std::span<const double> values) { return std::ranges::max(values); };
  const BootstrapInterval result = bca(skewed_values(20), largest, 0.95, {.resamples = 999});
  EXPECT_TRUE(std::isfinite(result.interval.low));
  EXPECT_LE(result.interval.high, result.estimate);
}

TEST(Bootstrap, ErrorOfTheStatisticReachesTheCaller) {
  const Statistic fails = [](std::span<const double>) -> double { throw std::domain_error("no"); };
  EXPECT_THROW((void)bca(skewed_values(20), fails, 0.95, {.threads = 2}), std::domain_error);
}

TEST(Bootstrap, InputsOutOfRangeAreRefused) {
  const std::vector<double> two = {1, 2};
  EXPECT_THROW((void)bca_mean(std::vector{1.0}, 0.95, {}), Error);
  EXPECT_THROW((void)bca_mean(std::vector{1.0, std::nan("")}, 0.95, {}), Error);
  EXPECT_THROW((void)bca_mean(two, 1.5, {}), Error);
  EXPECT_THROW((void)bca_mean(two, 0.95, {.resamples = 99}), Error);
  EXPECT_THROW((void)bca_mean(two, 0.95, {.threads = 0}), Error);
}

/// Largest distance, in standard deviations, of how often each of so many values was drawn from what is expected.
double worst_deviation(std::size_t count, std::size_t resamples) {
  std::vector<double> places(count);
  std::iota(places.begin(), places.end(), 0.0);
  ResampledValues resampled(places);
  Generator generator = Seed(6).stream(Stream::bootstrap);
  std::vector<double> times(count, 0.0);
  for (std::size_t resample = 0; resample < resamples; ++resample) {
    for (const double place : resampled.draw(generator)) times.at(static_cast<std::size_t>(place)) += 1;
  }
  const auto expected = static_cast<double>(resamples);
  double worst = 0;
  for (const double drawn : times) worst = std::max(worst, std::abs(drawn - expected) / std::sqrt(expected));
  return worst;
}

TEST(ResampledValues, EachIsEquallyLikely) {
  EXPECT_LT(worst_deviation(2, 100'000), 4);
  EXPECT_LT(worst_deviation(7, 100'000), 4);
  EXPECT_LT(worst_deviation(1000, 10'000), 5);
  EXPECT_LT(worst_deviation(4097, 2'000), 5);
  EXPECT_LT(worst_deviation(70'000, 100), 7);
}

TEST(ResampledValues, TheOnlyOneIsDrawn) {
  Generator generator(1);
  ResampledValues resampled(std::vector{3.0});
  EXPECT_EQ(resampled.draw(generator).front(), 3);
}

}  // namespace bootstrap_tests
}  // namespace assay::stats
