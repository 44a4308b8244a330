#include "stats/hodges_lehmann.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"
#include "stats/signed_rank.hpp"
#include "stats/signed_rank_distribution.hpp"
#include "tests/unit/stats/effects_generator.hpp"

namespace assay::stats {
namespace hodges_lehmann_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double average_of(double left, double right) {
  if (std::isinf(left) && std::isinf(right) && left != right) return 0;
  return left / 2 + right / 2;
}

/// All averages, written down and sorted.
std::vector<double> all_averages(const std::vector<double>& effects) {
  std::vector<double> averages;
  for (std::size_t left = 0; left < effects.size(); ++left) {
    for (std::size_t right = left; right < effects.size(); ++right) {
      averages.push_back(average_of(effects[left], effects[right]));
    }
  }
  std::sort(averages.begin(), averages.end());
  return averages;
}

// 1, 2, 6: the averages are 1, 1.5, 2, 3.5, 4, 6.
TEST(WalshAverages, AreTakenOfEachPairAndEachEffectAlone) {
  const WalshAverages averages(std::vector{6.0, 1.0, 2.0});
  ASSERT_EQ(averages.count(), 6);
  const std::vector<double> expected = {1, 1.5, 2, 3.5, 4, 6};
  for (std::int64_t index = 0; index < 6; ++index) {
    EXPECT_EQ(averages.at(index), expected[static_cast<std::size_t>(index)]);
  }
  EXPECT_EQ(averages.median(), 2.75);
}

RC_GTEST_PROP(WalshAverages, SelectionEqualsSortingThemAll, ()) {
  const std::vector<double> effects = *test::any_effects();
  const WalshAverages averages(effects);
  const std::vector<double> sorted = all_averages(effects);
  RC_ASSERT(averages.count() == static_cast<std::int64_t>(sorted.size()));
  for (std::size_t index = 0; index < sorted.size(); ++index) {
    const double selected = averages.at(static_cast<std::int64_t>(index));
    RC_ASSERT(selected == sorted[index] || (selected == 0 && std::abs(sorted[index]) <= 2e-12));
  }
}

TEST(WalshAverages, OppositeFailuresCancel) {
  const WalshAverages averages(std::vector{kInfinity, -kInfinity});
  EXPECT_EQ(averages.at(0), -kInfinity);
  EXPECT_EQ(averages.at(1), 0);
  EXPECT_EQ(averages.at(2), kInfinity);
}

TEST(WalshAverages, RoundingAroundZeroIsZero) {
  const double up = std::log(31.0 / 30);
  const double down = std::log(30.0 / 31);
  const WalshAverages averages(std::vector{up, down, std::nextafter(down, 0.0)});
  EXPECT_EQ(averages.at(3), 0);
  EXPECT_EQ(averages.at(4), 0);
}

TEST(WalshAverages, EffectsNearTheLargestDoubleDoNotOverflow) {
  const WalshAverages averages(std::vector{1.5e308, 1.7e308});
  EXPECT_EQ(averages.at(1), 1.6e308);
}

TEST(WalshAverages, IntervalIsUnboundedWhereNothingCanBeRejected) {
  const WalshAverages averages(std::vector{1.0, 2.0});
  EXPECT_EQ(averages.lower_end(4), -kInfinity);
  EXPECT_EQ(averages.upper_end(4), kInfinity);
  EXPECT_EQ(averages.lower_end(3), 1);
  EXPECT_EQ(averages.upper_end(3), 2);
}

TEST(WalshAverages, WhatIsNoEffectIsRefused) {
  EXPECT_THROW(WalshAverages({}), Error);
  EXPECT_THROW(WalshAverages(std::vector{std::nan("")}), Error);
}

// Half-integer shifts of eighths are exact, so that shifted averages are equal, not nearly so.
RC_GTEST_PROP(WalshAverages, MoveWithTheEffects, ()) {
  const std::vector<double> effects = *test::coarse_effects();
  const double shift = *rc::gen::inRange(-8, 9) / 2.0;
  std::vector<double> shifted = effects;
  for (double& effect : shifted) effect += shift;
  RC_ASSERT(WalshAverages(shifted).median() == WalshAverages(effects).median() + shift);
}

RC_GTEST_PROP(WalshAverages, TurnWithTheEffects, ()) {
  const std::vector<double> effects = *test::any_effects();
  std::vector<double> mirrored = effects;
  for (double& effect : mirrored) effect = -effect;
  const WalshAverages averages(effects);
  const WalshAverages turned(mirrored);
  const auto critical_value = *rc::gen::inRange<std::int64_t>(1, averages.count() + 2);
  RC_ASSERT(turned.median() == -averages.median());
  RC_ASSERT(turned.upper_end(critical_value) == -averages.lower_end(critical_value));
}

RC_GTEST_PROP(WalshAverages, IntervalHoldsTheEstimate, ()) {
  const std::vector<double> effects = *test::any_effects();
  const WalshAverages averages(effects);
  const auto critical_value = *rc::gen::inRange<std::int64_t>(averages.count() / 2 + 1, averages.count() + 2);
  RC_ASSERT(averages.lower_end(critical_value) <= averages.median());
  RC_ASSERT(averages.median() <= averages.upper_end(critical_value));
}

// A shift halfway between two eighths' averages equals none of them, so that no |effect - shift| ties across signs.
RC_GTEST_PROP(WalshAverages, IntervalExcludesExactlyTheShiftsThatTheTestRejects, ()) {
  const std::vector<double> effects = *test::coarse_effects();
  const double shift = *rc::gen::inRange(-24, 25) / 16.0 + 1 / 32.0;
  const WalshAverages averages(effects);
  const auto critical_value = *rc::gen::inRange<std::int64_t>(1, averages.count() + 1);
  std::vector<double> shifted = effects;
  for (double& effect : shifted) effect -= shift;
  const SignedRankTest test = signed_rank_test(shifted, Alternative::two_sided);
  const auto critical_sum = static_cast<double>(critical_value);
  RC_ASSERT((averages.upper_end(critical_value) < shift) == (test.negative_sum >= critical_sum));
  RC_ASSERT((averages.lower_end(critical_value) > shift) == (test.positive_sum >= critical_sum));
}

// Above 400 effects the interval takes its critical value from the series.
TEST(HodgesLehmann, TakesTheExactCriticalValueOrOneRankSumBesideItWhereTheSeriesBegins) {
  std::vector<double> effects(401);
  for (std::size_t block = 0; block < effects.size(); ++block) effects[block] = std::sin(static_cast<double>(block));
  SignedRankDistribution exact;
  exact.extend_to(401);
  for (const double confidence : {0.9, 0.95, 0.99, 0.999}) {
    const std::int64_t found = hodges_lehmann(effects, confidence).critical_value;
    EXPECT_NEAR(static_cast<double>(found), static_cast<double>(exact.critical_value((1 - confidence) / 2)), 1);
  }
}

TEST(HodgesLehmann, ConfidenceOutOfRangeIsRefused) {
  for (const double confidence : {0.0, 1.0, -0.5, 95.0, std::nan("")}) {
    EXPECT_THROW((void)hodges_lehmann(std::vector{1.0}, confidence), Error) << confidence;
  }
}

}  // namespace hodges_lehmann_tests
}  // namespace assay::stats
