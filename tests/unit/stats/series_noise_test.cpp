#include "stats/steady/series_noise.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/seed.hpp"

namespace assay::stats {
namespace series_noise_tests {

/// AR(1) with standard deviation 1.
std::vector<double> autoregressive(std::size_t length, double correlation) {
  Generator generator = Seed(3).stream(Stream::simulation);
  std::vector<double> series;
  double state = generator.normal();
  for (std::size_t at = 0; at < length; ++at) {
    series.push_back(state);
    state = correlation * state + std::sqrt(1 - correlation * correlation) * generator.normal();
  }
  return series;
}

TEST(SeriesNoise, OfAnAutoregressiveSeriesHasItsVarianceAndCorrelation) {
  const SeriesNoise noise = noise_of(autoregressive(20000, 0.3), {});
  EXPECT_NEAR(noise.variance, 1, 0.05);
  EXPECT_NEAR(noise.correlation, 0.3, 0.03);
  EXPECT_NEAR(noise.long_run_variance(), 1.3 / 0.7, 0.15);
}

TEST(SeriesNoise, LeavesDifferencesAcrossAChangeOut) {
  std::vector<double> series = autoregressive(200, 0);
  const SeriesNoise before = noise_of(series, std::vector<std::size_t>{100});
  for (std::size_t at = 100; at < series.size(); ++at) series[at] += 1000;
  const SeriesNoise after = noise_of(series, std::vector<std::size_t>{100});
  EXPECT_NEAR(after.variance, before.variance, 1e-9);
  EXPECT_NEAR(after.correlation, before.correlation, 1e-9);
}

// Squared differences of a slow sine grow faster with distance than any AR(1) process lets them.
TEST(SeriesNoise, TakesAWanderingLevelForNoCorrelation) {
  std::vector<double> series;
  for (int at = 0; at < 400; ++at) series.push_back(std::sin(at / 5.0));
  EXPECT_EQ(noise_of(series, {}).correlation, 0);
}

TEST(SeriesNoise, OfAConstantSeriesIsNone) {
  EXPECT_EQ(noise_of(std::vector<double>(30, 4.0), {}).long_run_variance(), 0);
}

TEST(FarValues, AreDrawnInToTheirNeighbourhood) {
  std::vector<double> series = autoregressive(100, 0);
  series[50] = 1000;
  const std::vector<double> drawn_in = with_far_values_drawn_in(series);
  EXPECT_LT(drawn_in[50], 5);
  EXPECT_EQ(drawn_in.size(), series.size());
}

// Six in a row are more than half of a neighbourhood of 11.
TEST(FarValues, ThatLastForSixAreALevelOfTheirOwn) {
  std::vector<double> series = autoregressive(100, 0);
  for (std::size_t at = 50; at < 56; ++at) series[at] = 1000;
  EXPECT_EQ(with_far_values_drawn_in(series)[52], 1000);
}

// A second mode with three values of ten lies within three robust standard deviations.
TEST(FarValues, AreNotThoseOfASecondMode) {
  Generator generator = Seed(4).stream(Stream::simulation);
  std::vector<double> series;
  for (int at = 0; at < 500; ++at) series.push_back(generator.uniform() < 0.3 ? 1.1 : 1.0);
  EXPECT_EQ(with_far_values_drawn_in(series), series);
}

}  // namespace series_noise_tests
}  // namespace assay::stats
