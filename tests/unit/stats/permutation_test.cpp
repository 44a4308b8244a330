#include "stats/reference/permutation.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"
#include "stats/reference/random_divisions.hpp"
#include "stats/sequential/sign_sums.hpp"
#include "tests/unit/stats/effects_generator.hpp"

namespace assay::stats {
namespace permutation_tests {

TEST(SignFlipTest, FivePositiveDifferencesAreOneArrangementOfThirtyTwo) {
  const std::vector<double> differences = {0.1, 0.3, 0.2, 0.5, 0.7};
  const PermutationTest result = sign_flip_test(differences, Alternative::greater, {});
  EXPECT_TRUE(result.exact);
  EXPECT_EQ(result.arrangements, 32U);
  EXPECT_DOUBLE_EQ(result.p, 1.0 / 32);
  EXPECT_DOUBLE_EQ(result.statistic, 1.8);
  EXPECT_DOUBLE_EQ(sign_flip_test(differences, Alternative::two_sided, {}).p, 2.0 / 32);
}

TEST(SignFlipTest, ZerosHaveNoSignToFlip) {
  EXPECT_EQ(sign_flip_test(std::vector{0.0, 0.2, 0.0}, Alternative::greater, {}).arrangements, 2U);
  EXPECT_EQ(sign_flip_test(std::vector{0.0, 0.0}, Alternative::two_sided, {}).p, 1);
}

RC_GTEST_PROP(SignFlipTest, TailsOverlapInTheArrangementSeen, ()) {
  std::vector<double> differences = *test::coarse_effects();
  differences.resize(std::min<std::size_t>(differences.size(), 10));
  const double greater = sign_flip_test(differences, Alternative::greater, {}).p;
  const double less = sign_flip_test(differences, Alternative::less, {}).p;
  RC_ASSERT(greater + less > 1);
  for (double& difference : differences) difference = -difference;
  RC_ASSERT(sign_flip_test(differences, Alternative::less, {}).p == greater);
}

std::vector<double> shifted_noise(std::size_t count, double shift) {
  Generator generator = Seed(3).stream(Stream::simulation);
  std::vector<double> values;
  for (std::size_t index = 0; index < count; ++index) values.push_back(shift + generator.normal());
  return values;
}

// The sum of n standard normal values with signs drawn is normal with their root sum of squares.
TEST(SignFlipTest, DrawnProbabilityIsNearTheNormalOne) {
  const std::vector<double> differences = shifted_noise(200, 0.12);
  const double sum = std::accumulate(differences.begin(), differences.end(), 0.0);
  const double squares = std::inner_product(differences.begin(), differences.end(), differences.begin(), 0.0);
  const PermutationTest result = sign_flip_test(differences, Alternative::greater, {.resamples = 99999});
  EXPECT_FALSE(result.exact);
  EXPECT_NEAR(result.p, 0.5 * std::erfc(sum / std::sqrt(2 * squares)), 0.003);
}

TEST(SignFlipTest, DrawnProbabilityIsNeverZero) {
  const PermutationTest result = sign_flip_test(shifted_noise(50, 10), Alternative::two_sided, {.resamples = 999});
  EXPECT_DOUBLE_EQ(result.p, 2.0 / 1000);
}

TEST(PermutationTests, AreTheSameWhateverTheNumberOfThreads) {
  const std::vector<double> treatment = shifted_noise(60, 0.1);
  const std::vector<double> control = shifted_noise(40, 0);
  const TwoSamples samples{.treatment = treatment, .control = control};
  EXPECT_EQ(sign_flip_test(treatment, Alternative::less, {.threads = 1}).p,
            sign_flip_test(treatment, Alternative::less, {.threads = 5}).p);
  EXPECT_EQ(two_sample_permutation_test(samples, Alternative::less, {.threads = 1}).p,
            two_sample_permutation_test(samples, Alternative::less, {.threads = 5}).p);
}

TEST(TwoSamplePermutationTest, FiveAboveFiveIsOneDivisionOf252) {
  const std::vector<double> treatment = {6, 7, 8, 9, 10};
  const std::vector<double> control = {1, 2, 3, 4, 5};
  const TwoSamples samples{.treatment = treatment, .control = control};
  const PermutationTest result = two_sample_permutation_test(samples, Alternative::greater, {});
  EXPECT_TRUE(result.exact);
  EXPECT_EQ(result.arrangements, 252U);
  EXPECT_DOUBLE_EQ(result.p, 1.0 / 252);
  EXPECT_DOUBLE_EQ(result.statistic, 5);
}

TEST(TwoSamplePermutationTest, LargerArmTurnsNoTail) {
  const std::vector<double> treatment = {6, 7, 8, 9, 10, 11};
  const std::vector<double> control = {1, 2};
  const TwoSamples samples{.treatment = treatment, .control = control};
  EXPECT_DOUBLE_EQ(two_sample_permutation_test(samples, Alternative::greater, {}).p, 1.0 / 28);
  EXPECT_DOUBLE_EQ(two_sample_permutation_test(samples, Alternative::less, {}).p, 1);
}

TEST(TwoSamplePermutationTest, DrawnTailsAreThoseOfTheDifference) {
  const std::vector<double> treatment = shifted_noise(60, 1);
  const std::vector<double> control = shifted_noise(40, 0);
  const TwoSamples samples{.treatment = treatment, .control = control};
  EXPECT_LT(two_sample_permutation_test(samples, Alternative::greater, {}).p, 0.001);
  EXPECT_GT(two_sample_permutation_test(samples, Alternative::less, {}).p, 0.999);
}

TEST(PermutationTests, InputsOutOfRangeAreRefused) {
  const std::vector<double> values = {1, 2};
  EXPECT_THROW((void)sign_flip_test({}, Alternative::less, {}), Error);
  EXPECT_THROW((void)sign_flip_test(std::vector{1.0, std::numeric_limits<double>::infinity()}, Alternative::less, {}),
               Error);
  EXPECT_THROW((void)sign_flip_test(values, Alternative::less, {.resamples = 1}), Error);
  EXPECT_THROW((void)two_sample_permutation_test({.treatment = values, .control = {}}, Alternative::less, {}), Error);
}

/// How often each choice of `chosen` of eight values is drawn; powers of two tell choices apart by their sums.
std::map<double, int> times_drawn(std::size_t chosen, int draws) {
  std::vector<double> values = {1, 2, 4, 8, 16, 32, 64, -127};
  RandomDivisions divisions(values, chosen);
  std::map<double, int> times;
  Generator generator = Seed(4).stream(Stream::bootstrap);
  for (int draw = 0; draw < draws; ++draw) ++times[divisions.draw(generator)];
  return times;
}

// 3 and 4 of 8 are drawn by coins, 1 and 2 by shuffling; each choice should come 1000 times, give or take 32.
TEST(RandomDivisions, EveryChoiceIsEquallyLikely) {
  for (const auto& [chosen, choices] : std::map<std::size_t, int>{{1, 8}, {2, 28}, {3, 56}, {4, 70}}) {
    const std::map<double, int> times = times_drawn(chosen, 1000 * choices);
    EXPECT_EQ(times.size(), static_cast<std::size_t>(choices));
    for (const auto& [sum, count] : times) EXPECT_NEAR(count, 1000, 4 * 32) << chosen << " with sum " << sum;
  }
}

RC_GTEST_PROP(SignSums, EqualThePlainSum, ()) {
  const std::vector<double> magnitudes = *test::coarse_effects();
  const SignSums sums(magnitudes);
  std::vector<std::uint64_t> signs(sums.words());
  for (std::uint64_t& word : signs) word = *rc::gen::arbitrary<std::uint64_t>();
  double expected = 0;
  for (std::size_t index = 0; index < magnitudes.size(); ++index) {
    expected += (signs[index / 64] >> (index % 64) & 1U) != 0 ? magnitudes[index] : -magnitudes[index];
  }
  RC_ASSERT(std::abs(sums(signs) - expected) < 1e-9);
}

}  // namespace permutation_tests
}  // namespace assay::stats
