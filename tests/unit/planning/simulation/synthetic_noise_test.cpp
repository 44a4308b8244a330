#include "experiments/planning/simulation/synthetic_noise.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "stats/summary.hpp"

namespace assay::planning {
namespace synthetic_noise_tests {

std::vector<double> draw(SyntheticNoise kind, std::size_t trials, double factor = 1) {
  Generator generator = Seed(5).stream(Stream::simulation);
  return synthetic_noise(kind)(std::vector<double>(trials, factor), generator);
}

double share_above(const std::vector<double>& values, double limit) {
  return static_cast<double>(std::count_if(values.begin(), values.end(), [=](double value) { return value > limit; })) /
         static_cast<double>(values.size());
}

double deviation_of_logarithm(std::span<const double> values) {
  std::vector<double> logarithms;
  for (const double value : values) logarithms.push_back(std::log(value));
  return stats::summarise(logarithms, 0).standard_deviation;
}

class EverySyntheticNoise : public testing::TestWithParam<std::size_t> {
 protected:
  SyntheticNoise kind() const { return static_cast<SyntheticNoise>(GetParam()); }
};

TEST_P(EverySyntheticNoise, IsPositiveAndFollowsItsGenerator) {
  const std::vector<double> values = draw(kind(), 400);
  for (const double value : values) EXPECT_GT(value, 0);
  EXPECT_EQ(values, draw(kind(), 400));
}

TEST_P(EverySyntheticNoise, ShiftsItsMedianByTheFactor) {
  const double plain = stats::median(draw(kind(), 20000));
  const double doubled = stats::median(draw(kind(), 20000, 2));
  EXPECT_NEAR(doubled / plain, 2, 0.04);  // a clock of 1 in 30 rounds both
}

INSTANTIATE_TEST_SUITE_P(All, EverySyntheticNoise,
                         testing::Range(std::size_t{0}, EnumNames<SyntheticNoise>::values.size()));

TEST(SyntheticNoise, LognormHasThreePercent) {
  EXPECT_NEAR(deviation_of_logarithm(draw(SyntheticNoise::lognorm, 20000)), 0.03, 0.001);
}

TEST(SyntheticNoise, SpikesDoubleOneTrialInTwenty) {
  EXPECT_NEAR(share_above(draw(SyntheticNoise::spikes, 20000), 1.5), 0.05, 0.006);
}

TEST(SyntheticNoise, BothKindsOfModesHaveThreeInTenInTheSlowOne) {
  EXPECT_NEAR(share_above(draw(SyntheticNoise::bimodal, 20000), 1.05), 0.3, 0.015);
  EXPECT_NEAR(share_above(draw(SyntheticNoise::sticky_modes, 200000), 1.05), 0.3, 0.02);
}

TEST(SyntheticNoise, BurstsTakeAQuarterOfTheTrials) {
  EXPECT_NEAR(share_above(draw(SyntheticNoise::bursts, 200000), 1.12), 0.25 * 0.93, 0.03);
}

TEST(SyntheticNoise, QuantisedValuesAreWholeTicks) {
  for (const double value : draw(SyntheticNoise::quantised, 100)) EXPECT_EQ(value, std::round(value));
}

TEST(SyntheticNoise, TheSecondTrialOfABlockIsFasterByTheOrderEffect) {
  const std::vector<double> values = draw(SyntheticNoise::order_effect, 2000);
  double sum = 0;
  for (std::size_t block = 0; block < 1000; ++block) sum += std::log(values[2 * block + 1] / values[2 * block]);
  EXPECT_NEAR(sum / 1000, std::log(0.94), 0.002);
}

TEST(SyntheticNoise, GrowingNoiseEndsThirtyTimesAsWideAsItBegan) {
  const std::vector<double> values = draw(SyntheticNoise::growing, 40000);
  const double first = deviation_of_logarithm(std::span(values).first(400));
  const double last = deviation_of_logarithm(std::span(values).last(400));
  EXPECT_NEAR(last / first, 30, 4);
}

}  // namespace synthetic_noise_tests
}  // namespace assay::planning
