#include "stats/signed_rank.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "stats/distributions.hpp"
#include "stats/signed_rank_distribution.hpp"

namespace assay::stats {
namespace signed_rank_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

SignedRankDistribution distribution_of(int effects) {
  SignedRankDistribution distribution;
  distribution.extend_to(effects);
  return distribution;
}

// The 8 sets of {1, 2, 3} sum to 0, 1, 2, 4, 5 and 6 once each, and to 3 twice.
TEST(SignedRankDistribution, ThreeEffectsAreCountedByHand) {
  const SignedRankDistribution distribution = distribution_of(3);
  EXPECT_DOUBLE_EQ(distribution.upper_tail(6), 1 / 8.0);
  EXPECT_DOUBLE_EQ(distribution.upper_tail(3), 5 / 8.0);
  EXPECT_DOUBLE_EQ(distribution.upper_tail(1), 7 / 8.0);
  EXPECT_DOUBLE_EQ(distribution.upper_tail(0), 1);
  EXPECT_DOUBLE_EQ(distribution.upper_tail(7), 0);
}

TEST(SignedRankDistribution, ComingInStepsChangesNothing) {
  SignedRankDistribution in_steps;
  for (const int effects : {1, 2, 5, 6, 13, 20}) in_steps.extend_to(effects);
  const SignedRankDistribution at_once = distribution_of(20);
  for (std::int64_t w = 0; w <= 210; ++w) EXPECT_EQ(in_steps.upper_tail(w), at_once.upper_tail(w));
}

TEST(SignedRankDistribution, CriticalValueIsTheSmallestWithinTheLevel) {
  const SignedRankDistribution distribution = distribution_of(20);
  const std::int64_t critical_value = distribution.critical_value(0.025);
  EXPECT_LE(distribution.upper_tail(critical_value), 0.025);
  EXPECT_GT(distribution.upper_tail(critical_value - 1), 0.025);
}

// Five equal signs have chance 1/32: at 1/32 they suffice, below it nothing does.
TEST(SignedRankDistribution, LevelThatCannotBeReachedHasNoCriticalValue) {
  EXPECT_EQ(distribution_of(5).critical_value(1 / 32.0), 15);
  EXPECT_EQ(distribution_of(5).critical_value(0.031), 16);
}

// Where the exact recursion ends the series must take over without a step. How far a tail is from the normal one (3 %
// at four standard deviations) hardly changes from one number of effects to the next: by a thousandth of itself.
TEST(SignedRankDistribution, SeriesContinuesTheExactTail) {
  const auto ratio_to_normal = [](int effects, double deviations) {
    const double n = effects;
    const double mean = n * (n + 1) / 4;
    const double deviation = std::sqrt(n * (n + 1) * (2 * n + 1) / 24);
    const auto w = std::llround(mean + deviations * deviation);
    return distribution_of(effects).upper_tail(w) /
           normal_upper_tail((static_cast<double>(w) - 0.5 - mean) / deviation);
  };
  constexpr int kLast = SignedRankDistribution::kLargestExact;
  for (const double deviations : {0.5, 1.0, 2.0, 3.0, 4.0}) {
    EXPECT_NEAR(ratio_to_normal(kLast + 1, deviations), ratio_to_normal(kLast, deviations), 1e-3);
  }
}

// The same tail by the exact recursion for given ranks, which needs no series.
TEST(SignedRankDistribution, SeriesAgreesWithTheExactTail) {
  constexpr int kFirst = SignedRankDistribution::kLargestExact + 1;
  std::vector<std::int32_t> doubled;
  for (std::int32_t rank = 1; rank <= kFirst; ++rank) doubled.push_back(2 * rank);
  const SignedRankDistribution distribution = distribution_of(kFirst);
  for (const double level : {0.4, 0.1, 0.025, 0.005, 1e-3, 1e-4, 3e-5, 1e-6}) {
    const std::int64_t w = distribution.critical_value(level);
    const double exact = conditional_upper_tail(doubled, 2 * w);
    EXPECT_NEAR(distribution.upper_tail(w) / exact, 1, level < 3e-5 ? 1e-4 : 2e-5) << level;
  }
}

TEST(ConditionalTail, WithoutTiesItIsTheTabulatedOne) {
  const SignedRankDistribution distribution = distribution_of(6);
  const std::vector<std::int32_t> doubled = {2, 4, 6, 8, 10, 12};
  for (std::int64_t w = 0; w <= 22; ++w) {
    EXPECT_DOUBLE_EQ(conditional_upper_tail(doubled, 2 * w), distribution.upper_tail(w));
  }
}

// Three magnitudes tied at rank 2: W+ is 2 times a binomial of three coins.
TEST(ConditionalTail, TiedRanksMakeABinomial) {
  const std::vector<std::int32_t> doubled = {4, 4, 4};
  EXPECT_DOUBLE_EQ(conditional_upper_tail(doubled, 12), 1 / 8.0);
  EXPECT_DOUBLE_EQ(conditional_upper_tail(doubled, 8), 4 / 8.0);
  EXPECT_DOUBLE_EQ(conditional_upper_tail(doubled, 5), 4 / 8.0);
  EXPECT_DOUBLE_EQ(conditional_upper_tail(doubled, 4), 7 / 8.0);
}

TEST(SignedRankTest, FivePositiveEffectsGiveTheSmallestTwoSidedProbability) {
  EXPECT_DOUBLE_EQ(signed_rank_test(std::vector{1.0, 2.0, 3.0, 4.0, 5.0}, Alternative::two_sided).p, 2 / 32.0);
}

TEST(SignedRankTest, OneSidedTestsAreMirrorImages) {
  const std::vector<double> effects = {1.0, -2.0, 3.0, 0.0, 3.0, -1.0};
  std::vector<double> mirrored = effects;
  for (double& effect : mirrored) effect = -effect;
  EXPECT_EQ(signed_rank_test(effects, Alternative::greater).p, signed_rank_test(mirrored, Alternative::less).p);
}

TEST(SignedRankTest, EffectsThatAreAllZeroShowNothing) {
  EXPECT_EQ(signed_rank_test(std::vector(8, 0.0), Alternative::two_sided).p, 1);
  EXPECT_EQ(signed_rank_test_normal(std::vector(8, 0.0), {.alternative = Alternative::two_sided}).p, 1);
}

// Two failed trials tie at rank 4.5 of 5.
TEST(SignedRankTest, FailedTrialsRankAtTheTop) {
  const SignedRankTest result =
      signed_rank_test(std::vector{kInfinity, 1.0, -2.0, 3.0, kInfinity}, Alternative::greater);
  EXPECT_DOUBLE_EQ(result.positive_sum, 4.5 + 1 + 3 + 4.5);
  EXPECT_DOUBLE_EQ(result.negative_sum, 2);
}

TEST(SignedRankTest, MoreEffectsThanTheExactTestTakesGetTheNormalOne) {
  std::vector<double> effects;
  for (int block = 1; block <= kMostRanks + 1; ++block) {
    effects.push_back(block % 3 == 0 ? -block : block);
  }
  EXPECT_EQ(signed_rank_test(effects, Alternative::greater).p,
            signed_rank_test_normal(effects, {.alternative = Alternative::greater}).p);
}

TEST(SignedRankTest, WhatIsNoEffectIsRefused) {
  EXPECT_THROW((void)signed_rank_test({}, Alternative::greater), Error);
  EXPECT_THROW((void)signed_rank_test(std::vector{1.0, std::nan("")}, Alternative::greater), Error);
  EXPECT_THROW((void)signed_rank_test_normal({}, {.alternative = Alternative::less}), Error);
}

}  // namespace signed_rank_tests
}  // namespace assay::stats
