#include "experiments/decide/parity/interaction.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace assay::decide {
namespace interaction_tests {

/// Effects around a centre, at equal steps and symmetric.
std::vector<double> around(double centre, double step, int count) {
  std::vector<double> effects;
  for (int index = 0; index < count; ++index) effects.push_back(centre + step * (index - (count - 1) / 2.0));
  return effects;
}

ParityPair pair_of(std::vector<double> first, std::vector<double> second) {
  const std::vector<SideEffects> sides = {{"local", std::move(first)}, {"ci", std::move(second)}};
  return interactions(sides, {.margin = 0.03, .alpha = 0.05}).front();
}

TEST(Interaction, OfOppositeEffectsDiffersByTheirDifference) {
  const ParityPair pair = pair_of(around(-0.2, 0.001, 20), around(0.15, 0.001, 20));
  EXPECT_EQ(pair.verdict, ParityVerdict::differs);
  EXPECT_NEAR(pair.estimate, 0.35, 1e-12);
  EXPECT_GT(pair.interval.low, 0.33);
  EXPECT_LT(pair.p, 1e-6);
}

TEST(Interaction, OfEqualEffectsAgreesIfTheSpreadIsSmall) {
  const ParityPair pair = pair_of(around(-0.1, 0.001, 20), around(-0.1005, 0.001, 20));
  EXPECT_EQ(pair.verdict, ParityVerdict::agrees);
}

TEST(Interaction, WithinTheMarginAgreesThoughADifferenceIsShown) {
  const ParityPair pair = pair_of(around(0, 0.0001, 20), around(0.01, 0.0001, 20));
  EXPECT_EQ(pair.verdict, ParityVerdict::agrees);
  EXPECT_LT(pair.p, 0.05);
}

TEST(Interaction, OfNoisyEffectsCannotBeToldAndAsksTheNoisierSideForBlocks) {
  const ParityPair pair = pair_of(around(-0.1, 0.001, 20), around(-0.1, 0.02, 20));
  EXPECT_EQ(pair.verdict, ParityVerdict::cannot_be_told);
  ASSERT_EQ(pair.missing.size(), 1U);
  EXPECT_EQ(pair.missing[0].environment_name, "ci");
  // The half-width is about 0.1, the margin 0.03: some ten times as many blocks.
  EXPECT_GT(pair.missing[0].blocks, 60);
  EXPECT_LT(pair.missing[0].blocks, 600);
}

TEST(Interaction, OfTwoSidesAlikeAsksBothForBlocks) {
  const ParityPair pair = pair_of(around(-0.1, 0.02, 20), around(-0.1, 0.02, 20));
  EXPECT_EQ(pair.verdict, ParityVerdict::cannot_be_told);
  EXPECT_EQ(pair.missing.size(), 2U);
}

TEST(Interaction, OfFewBlocksIsNotComparable) {
  EXPECT_EQ(pair_of({-0.16}, {0.16}).verdict, ParityVerdict::not_comparable);
  EXPECT_EQ(pair_of(around(-0.2, 0.001, 5), around(0.2, 0.001, 50)).verdict, ParityVerdict::not_comparable);
  EXPECT_EQ(pair_of(around(-0.2, 0.001, 6), around(0.2, 0.001, 6)).verdict, ParityVerdict::differs);
}

TEST(Interaction, BearsFailedTrials) {
  std::vector<double> failing = around(0, 0.01, 20);
  for (std::size_t index = 0; index < 15; ++index) failing[index] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(pair_of(around(0, 0.01, 20), failing).verdict, ParityVerdict::differs);
}

TEST(Interaction, OfThreeEnvironmentsIsAdjustedByHolm) {
  const std::vector<SideEffects> two = {{"a", around(0, 0.01, 10)}, {"b", around(0.05, 0.01, 10)}};
  std::vector<SideEffects> three = two;
  three.push_back({"c", around(0, 0.01, 10)});
  const InteractionRule rule{.margin = 0.03, .alpha = 0.05};
  const std::vector<ParityPair> pairs = interactions(three, rule);
  ASSERT_EQ(pairs.size(), 3U);
  EXPECT_EQ((std::pair{pairs[2].first, pairs[2].second}), (std::pair<std::string, std::string>{"b", "c"}));
  EXPECT_GT(pairs[0].p, interactions(two, rule).front().p);
  EXPECT_NEAR(pairs[0].confidence, 1 - 0.05 / 3, 1e-12);
}

}  // namespace interaction_tests
}  // namespace assay::decide
