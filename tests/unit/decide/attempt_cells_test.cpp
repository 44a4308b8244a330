#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace attempt_cells_tests {

/// Each cell has its own effect.
AttemptResult result_with(const Plan& plan, const std::vector<double>& effects, double noise = 0.01) {
  return result_of_cells(plan, [&](std::size_t cell, int number) {
    return drawn_block(plan, number, {.log_ratio = effects[cell], .noise = noise}, cell);
  });
}

TEST(Cells, ImprovedInOneAndNotWorseInTheOthersIsImproved) {
  const AttemptResult result = result_with(plan_of_cells(3), {0, -0.1, 0});
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(result.comparisons[0].verdict, Verdict::equivalent);
  EXPECT_EQ(result.comparisons[1].verdict, Verdict::improved);
  EXPECT_TRUE(result.not_worse);
}

TEST(Cells, ImprovedInOneAndWorseInAnotherIsMixed) {
  const AttemptResult result = result_with(plan_of_cells(2), {-0.1, 0.1});
  EXPECT_EQ(result.verdict, Verdict::regressed);
  EXPECT_EQ(result.reason, VerdictReason::mixed);
  EXPECT_EQ(result.decision_reason, DecisionReason::worse);
}

TEST(Cells, EquivalentInAllIsEquivalent) {
  EXPECT_EQ(result_with(plan_of_cells(2), {0, 0}).verdict, Verdict::equivalent);
}

TEST(Cells, ImprovedInOneButUnknownInAnotherIsInconclusive) {
  Plan plan = plan_of_cells(2);
  plan.protocol.max_blocks = 20;
  const AttemptResult result = result_of_cells(plan, [&](std::size_t cell, int number) {
    return drawn_block(plan, number, {.log_ratio = cell == 0 ? -0.1 : 0, .noise = cell == 0 ? 0.01 : 0.5}, cell);
  });
  EXPECT_EQ(result.comparisons[0].verdict, Verdict::improved);
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
}

TEST(Cells, DecidedOnesAreMeasuredNoMore) {
  Plan plan = plan_of_cells(2);
  const AttemptResult result = result_of_cells(plan, [&](std::size_t cell, int number) {
    return drawn_block(plan, number, {.log_ratio = -0.1, .noise = cell == 0 ? 0.001 : 0.1}, cell);
  });
  EXPECT_LT(result.comparisons[0].blocks, result.comparisons[1].blocks);
  EXPECT_EQ(result.blocks, result.comparisons[0].blocks + result.comparisons[1].blocks);
}

TEST(Cells, ShareAlphaAndSoAskForMoreBlocks) {
  // A single cell is decided after 9 blocks at the latest (see Attempt.ShowsNothingBeforeEightBlocks).
  const AttemptResult result = result_with(plan_of_cells(10), std::vector<double>(10, -0.5), 1e-5);
  for (const Comparison& comparison : result.comparisons) {
    EXPECT_EQ(comparison.blocks, 12);
    EXPECT_DOUBLE_EQ(comparison.metrics[0].effect->confidence, 0.995);
  }
}

TEST(Cells, ThatMustAllImproveDo) {
  const Plan plan = plan_of_cells(2, ClaimRule::all);
  EXPECT_EQ(result_with(plan, {-0.1, -0.1}).verdict, Verdict::improved);
  EXPECT_EQ(result_with(plan, {-0.1, 0}).verdict, Verdict::inconclusive);
  EXPECT_DOUBLE_EQ(result_with(plan, {-0.1, -0.1}).comparisons[0].metrics[0].effect->confidence, 0.95);
}

TEST(Cells, OneThatIsBrokenMakesAllInvalid) {
  const Plan plan = plan_of_cells(2);
  const AttemptResult result = result_of_cells(plan, [&](std::size_t cell, int number) {
    return cell == 0 ? drawn_block(plan, number, {.log_ratio = -0.1})
                     : block_of(plan, number, {measured(1.0), failed()}, cell);
  });
  EXPECT_EQ(result.verdict, Verdict::invalid);
  EXPECT_EQ(result.reason, VerdictReason::broken);
  EXPECT_EQ(result.comparisons[1].verdict, Verdict::invalid);
}

TEST(Cells, AnEquivalentOneWaitsForItsGuards) {
  Plan plan = plan_of_cells(2);
  Metric guard = *find_built_in_metric("max_rss");
  guard.role = MetricRole::guard;
  guard.margin = Percent{5};
  plan.metrics.push_back(guard);
  const AttemptResult result = result_of_cells(plan, [&](std::size_t cell, int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = cell == 0 ? -0.1 : 0, .noise = 0.002}, cell, number);
    const auto [small, large] = drawn_pair({.log_ratio = 0, .noise = 0.05}, 2 + cell, number);
    return block_of(plan, number, {measured({control, 1e6 * small}), measured({treatment, 1e6 * large})}, cell);
  });
  EXPECT_EQ(result.comparisons[1].verdict, Verdict::equivalent);
  EXPECT_EQ(result.comparisons[1].metrics[1].guard, GuardStatus::passed);
  EXPECT_EQ(result.decision, Decision::keep);
}

TEST(Cells, AnEquivalentOneStaysSoWhileItWaits) {
  Plan plan = plan_of_cells(2);
  Metric guard = *find_built_in_metric("max_rss");
  guard.role = MetricRole::guard;
  guard.margin = Percent{1};
  plan.metrics.push_back(guard);
  plan.protocol.max_blocks = 30;
  const AttemptResult result = result_of_cells(plan, [&](std::size_t cell, int number) {
    // Quiet until equivalence is shown, then so noisy that it could not be.
    const Truth time{.log_ratio = cell == 0 ? -0.1 : 0, .noise = cell == 1 && number > 12 ? 0.5 : 0.001};
    const auto [control, treatment] = drawn_pair(time, cell, number);
    const auto [small, large] = drawn_pair({.log_ratio = 0, .noise = 0.2}, 2 + cell, number);
    return block_of(plan, number, {measured({control, 1e6 * small}), measured({treatment, 1e6 * large})}, cell);
  });
  EXPECT_EQ(result.comparisons[1].blocks, 30);
  EXPECT_EQ(result.comparisons[1].verdict, Verdict::equivalent);
}

TEST(Suite, IsJudgedByTheAverageOverItsCells) {
  // 12 % in one cell and nothing in the other are 6 % on the average.
  const AttemptResult result = result_with(plan_of_cells(2, ClaimRule::suite), {-0.12, 0});
  EXPECT_EQ(result.verdict, Verdict::improved);
  ASSERT_EQ(result.suite.size(), 1U);
  EXPECT_NEAR(result.suite[0].average.effect->estimate, -0.06, 0.01);
  EXPECT_DOUBLE_EQ(result.suite[0].average.effect->confidence, 0.95);
  EXPECT_EQ(result.comparisons[0].blocks, result.comparisons[1].blocks);
}

TEST(Suite, MayImproveThoughACellGetsWorse) {
  const AttemptResult result = result_with(plan_of_cells(2, ClaimRule::suite), {-0.3, 0.1});
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.comparisons[1].verdict, Verdict::regressed);
  EXPECT_EQ(result.comparisons[1].decision, Decision::discard);
}

TEST(Suite, OfOpposedCellsIsEquivalent) {
  EXPECT_EQ(result_with(plan_of_cells(2, ClaimRule::suite), {-0.1, 0.1}).verdict, Verdict::equivalent);
}

TEST(Holm, KnowsADirectionThatBonferronisIntervalDoesNot) {
  // Cell 0 settles early with a tiny p; what is left of alpha is then enough for the sign in cell 1.
  int known_by_holm = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Plan plan = plan_of_cells(2);
    plan.protocol.max_blocks = 30;
    plan.seed = Seed(seed);
    const AttemptResult result = result_of_cells(plan, [&](std::size_t cell, int number) {
      const Truth truth{.log_ratio = cell == 0 ? -0.3 : -0.03, .noise = cell == 0 ? 1e-4 : 0.04, .seed = seed};
      return drawn_block(plan, number, truth, cell);
    });
    const MetricResult& second = result.comparisons[1].metrics[0];
    const bool holds_zero = second.effect->interval.high >= 0;
    if (second.reason == VerdictReason::direction_known && holds_zero) {
      ++known_by_holm;
      EXPECT_LE(second.effect->p.value(), 0.05);
    }
  }
  EXPECT_GT(known_by_holm, 0);
}

}  // namespace attempt_cells_tests
}  // namespace assay::decide
