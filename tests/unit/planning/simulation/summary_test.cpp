#include "experiments/planning/simulation/summary.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/unit/planning/simulation/plays.hpp"

namespace assay::planning {
namespace summary_tests {

using test::small_play;

decide::ComparisonOutline ended(Verdict verdict, int blocks, Interval interval) {
  return {.verdict = verdict, .blocks = blocks, .estimate = 0.01, .interval = interval};
}

TEST(PlaySummary, CountsSharesBlocksAndCoverage) {
  std::vector<decide::ComparisonOutline> played(8, ended(Verdict::equivalent, 10, {-0.01, 0.01}));
  played.push_back(ended(Verdict::inconclusive, 20, {-0.1, 0.1}));
  played.push_back(ended(Verdict::regressed, 60, {0.02, 0.05}));
  played[8].reason = VerdictReason::noise;
  const PlaySummary summary = summarise(small_play(), played);
  EXPECT_DOUBLE_EQ(summary.shares.at(Verdict::equivalent), 0.8);
  EXPECT_DOUBLE_EQ(summary.shares.at(Verdict::improved), 0);
  EXPECT_DOUBLE_EQ(summary.reasons.at(VerdictReason::noise), 0.1);
  EXPECT_DOUBLE_EQ(summary.mean_blocks, 16);
  EXPECT_EQ(summary.p90_blocks, 20);
  EXPECT_DOUBLE_EQ(summary.coverage, 0.9);
}

TEST(PlaySummary, ForgivesAPointIntervalItsRounding) {
  const double truth = std::log1p(0.05);
  const std::vector<decide::ComparisonOutline> played = {ended(Verdict::regressed, 9, {truth + 1e-15, truth + 1e-15}),
                                                         ended(Verdict::regressed, 9, {truth + 1e-6, 1})};
  EXPECT_DOUBLE_EQ(summarise(small_play(Percent{5}), played).coverage, 0.5);
}

TEST(PlaySummary, CountsWhatWasNotWorseWhateverTheVerdict) {
  std::vector<decide::ComparisonOutline> played(4, ended(Verdict::inconclusive, 9, {}));
  played[2].not_worse = true;
  EXPECT_DOUBLE_EQ(summarise(small_play(), played).not_worse, 0.25);
}

TEST(PlaySummary, CallsEveryDifferenceWrongWhereThereIsNone) {
  const std::vector<decide::ComparisonOutline> played = {
      ended(Verdict::improved, 9, {}), ended(Verdict::regressed, 9, {}), ended(Verdict::equivalent, 9, {}),
      ended(Verdict::equivalent, 9, {})};
  EXPECT_DOUBLE_EQ(summarise(small_play(), played).wrong_direction, 0.5);
}

TEST(PlaySummary, CallsImprovedWrongWhereTreatmentIsWorse) {
  const std::vector<decide::ComparisonOutline> played = {ended(Verdict::improved, 9, {}),
                                                         ended(Verdict::regressed, 9, {})};
  EXPECT_DOUBLE_EQ(summarise(small_play(Percent{5}), played).wrong_direction, 0.5);
  Play higher = small_play(Percent{5});
  higher.plan.metrics[0].direction = Direction::higher;
  EXPECT_DOUBLE_EQ(summarise(higher, std::span(played).first(1)).wrong_direction, 0);
}

TEST(PlaySummary, CallsEquivalentFalseFromTheMarginOnEitherSide) {
  const std::vector<decide::ComparisonOutline> played = {ended(Verdict::equivalent, 9, {})};
  EXPECT_EQ(summarise(small_play(Percent{3}), played).false_equivalence, 1);
  EXPECT_EQ(summarise(small_play(Percent{100 * (1 / 1.03 - 1)}), played).false_equivalence, 1);
  EXPECT_FALSE(summarise(small_play(Percent{2.9}), played).false_equivalence);
}

}  // namespace summary_tests
}  // namespace assay::planning
