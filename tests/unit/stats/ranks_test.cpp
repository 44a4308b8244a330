#include "stats/ranks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/stats/effects_generator.hpp"

namespace assay::stats {
namespace ranks_tests {

using Doubled = std::vector<std::int32_t>;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(MagnitudeRanks, SignIsIgnored) {
  EXPECT_EQ(rank_magnitudes(std::vector{-3.0, 1.0, 2.0}).doubled, (Doubled{6, 2, 4}));
}

// Ranks 2 and 3 are shared: each gets 2.5, doubled 5.
TEST(MagnitudeRanks, EqualMagnitudesShareTheMeanOfTheirRanks) {
  const MagnitudeRanks ranks = rank_magnitudes(std::vector{1.0, 2.0, -2.0, 4.0});
  EXPECT_EQ(ranks.doubled, (Doubled{2, 5, 5, 8}));
  EXPECT_TRUE(ranks.tied);
}

TEST(MagnitudeRanks, RoundingDoesNotPartATie) {
  const MagnitudeRanks ranks = rank_magnitudes(std::vector{std::log(31.0 / 30), std::log(30.0 / 31)});
  EXPECT_EQ(ranks.doubled, (Doubled{3, 3}));
}

TEST(MagnitudeRanks, DifferenceOfOnePartInABillionIsNoTie) {
  EXPECT_FALSE(rank_magnitudes(std::vector{1.0, 1.0 + 1e-9}).tied);
}

TEST(MagnitudeRanks, InfinitiesTieAtTheTop) {
  EXPECT_EQ(rank_magnitudes(std::vector{kInfinity, 1e300, -kInfinity}).doubled, (Doubled{5, 2, 5}));
}

TEST(MagnitudeRanks, ZerosAreCountedButAreNoTie) {
  const MagnitudeRanks ranks = rank_magnitudes(std::vector{0.0, -0.0, 5.0});
  EXPECT_EQ(ranks, (MagnitudeRanks{.doubled = {3, 3, 6}, .zeros = 2, .tied = false}));
}

RC_GTEST_PROP(MagnitudeRanks, SumIsThatOfTheRanksWhateverTheTies, ()) {
  const std::vector<double> effects = *test::any_effects();
  const Doubled ranks = rank_magnitudes(effects).doubled;
  const auto n = static_cast<std::int32_t>(effects.size());
  RC_ASSERT(std::accumulate(ranks.begin(), ranks.end(), 0) == n * (n + 1));
}

RC_GTEST_PROP(MagnitudeRanks, GoWithTheirValuesHoweverThoseAreOrdered, ()) {
  const std::vector<double> effects = *test::any_effects();
  const Doubled ranks = rank_magnitudes(effects).doubled;
  std::vector<double> reversed(effects.rbegin(), effects.rend());
  RC_ASSERT(rank_magnitudes(reversed).doubled == Doubled(ranks.rbegin(), ranks.rend()));
}

// Two zeros take the ranks 1 and 2 and score nothing; 5 and -7 keep the ranks 3 and 4.
TEST(PrattScores, ZerosAreRankedAndThenLeftOut) {
  const PrattScores scores = pratt_scores(std::vector{0.0, 5.0, -7.0, 0.0});
  EXPECT_EQ(scores.doubled, (Doubled{0, 6, 8, 0}));
  EXPECT_EQ(scores.doubled_positive, 6);
  EXPECT_EQ(scores.doubled_negative, 8);
}

}  // namespace ranks_tests
}  // namespace assay::stats
