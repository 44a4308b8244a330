#include <gtest/gtest.h>

#include "experiments/decide/blocks/paired_series.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/signed_rank.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace attempt_confirmation_tests {

Plan confirmed_plan(int fresh) {
  Plan plan = simple_plan();
  plan.protocol.confirm = fresh;
  return plan;
}

/// A tenth less time in every block up to `last`, `log_ratio` in those after it.
auto changing(const Plan& plan, int last, double log_ratio) {
  return [=, &plan](int number) { return drawn_block(plan, number, {.log_ratio = number <= last ? -0.1 : log_ratio}); };
}

int blocks_without_confirmation() {
  return result_of(simple_plan(), Truth{.log_ratio = -0.1}).blocks;
}

TEST(AttemptConfirmation, RunsFreshBlocksAfterAnEarlyStop) {
  const AttemptResult result = result_of(confirmed_plan(12), Truth{.log_ratio = -0.1});
  EXPECT_EQ(result.blocks, blocks_without_confirmation() + 12);
  EXPECT_EQ(result.comparisons[0].fresh_blocks, 12);
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.stop, Stop::boundary);
}

TEST(AttemptConfirmation, QuotesTheEffectOfTheFreshBlocksAlone) {
  const Plan plan = confirmed_plan(12);
  const AttemptResult result = result_of(plan, Truth{.log_ratio = -0.1});
  const int stop = blocks_without_confirmation();
  std::vector<Block> blocks;
  for (int number = stop + 1; number <= stop + 12; ++number) {
    blocks.push_back(drawn_block(plan, number, {.log_ratio = -0.1}));
  }
  const std::vector<double> effects = paired_series(plan, {0, 1}, blocks).effects;
  const stats::HodgesLehmann expected = stats::hodges_lehmann(effects, 0.95);
  const Effect& effect = *result.comparisons[0].metrics[0].effect;
  EXPECT_EQ(effect.estimate, expected.estimate);
  EXPECT_EQ(effect.interval, expected.interval);
  EXPECT_EQ(effect.p, stats::signed_rank_test(effects, stats::Alternative::two_sided).p);
}

TEST(AttemptConfirmation, KeepsWhatTheStopHadShown) {
  const AttemptResult unconfirmed = result_of(simple_plan(), Truth{.log_ratio = -0.1});
  const AttemptResult result = result_of(confirmed_plan(12), Truth{.log_ratio = -0.1});
  EXPECT_EQ(result.comparisons[0].metrics[0].effect_at_stop, unconfirmed.comparisons[0].metrics[0].effect);
}

TEST(AttemptConfirmation, IsUndecidedWhereFreshBlocksLieBelowKappaMarginThroughout) {
  const Plan plan = confirmed_plan(20);
  const AttemptResult result = result_of(plan, changing(plan, blocks_without_confirmation(), 0.0));
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.reason, VerdictReason::unconfirmed);
  EXPECT_NE(result.decision, Decision::keep);
}

TEST(AttemptConfirmation, LeavesAVerdictThatFreshBlocksDoNotContradict) {
  // An effect of a margin: the interval of 20 fresh blocks reaches beyond half of it.
  const Plan plan = confirmed_plan(20);
  const AttemptResult result = result_of(plan, changing(plan, blocks_without_confirmation(), -0.03));
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_NEAR(result.comparisons[0].metrics[0].effect->estimate, -0.03, 0.01);
}

TEST(AttemptConfirmation, IsNotAskedOfEquivalence) {
  const AttemptResult result = result_of(confirmed_plan(12), Truth{});
  EXPECT_EQ(result.verdict, Verdict::equivalent);
  EXPECT_EQ(result.comparisons[0].fresh_blocks, 0);
}

TEST(AttemptConfirmation, IsNotAskedOfTheLastLook) {
  Plan plan = confirmed_plan(12);
  plan.protocol.max_blocks = blocks_without_confirmation();
  const AttemptResult result = result_of(plan, Truth{.log_ratio = -0.1});
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.blocks, plan.protocol.max_blocks);
}

TEST(AttemptConfirmation, CutByTheClockUsesTheFreshBlocksThereAre) {
  const Plan plan = confirmed_plan(12);
  AttemptAnalysis analysis(plan);
  feed(
      analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.1}); },
      blocks_without_confirmation() + 7);
  EXPECT_EQ(analysis.blocks_to_next_look(0), 5);
  analysis.cut_by_time();
  const Comparison comparison = analysis.result().comparisons[0];
  EXPECT_EQ(comparison.stop, Stop::time);
  EXPECT_EQ(comparison.fresh_blocks, 7);
  EXPECT_TRUE(comparison.metrics[0].effect_at_stop.has_value());
  EXPECT_EQ(comparison.diagnostics.back().note, "7 of 12 fresh blocks were run to confirm this");
}

TEST(AttemptConfirmation, ClosedByHandIsInterrupted) {
  const Plan plan = confirmed_plan(12);
  AttemptAnalysis analysis(plan);
  feed(
      analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.1}); },
      blocks_without_confirmation() + 3);
  analysis.close_interrupted();
  EXPECT_EQ(analysis.result().reason, VerdictReason::interrupted);
}

TEST(AttemptConfirmation, OfASuiteAveragesTheFreshBlocksOfItsCells) {
  Plan plan = plan_of_cells(2, ClaimRule::suite);
  plan.protocol.confirm = 12;
  const AttemptResult result = result_of_cells(
      plan, [&](std::size_t cell, int number) { return drawn_block(plan, number, {.log_ratio = -0.1}, cell); });
  EXPECT_EQ(result.verdict, Verdict::improved);
  for (const Comparison& comparison : result.comparisons) EXPECT_EQ(comparison.fresh_blocks, 12);
  ASSERT_TRUE(result.suite[0].average.effect_at_stop.has_value());
  EXPECT_NE(result.suite[0].average.effect_at_stop, result.suite[0].average.effect);
}

TEST(AttemptConfirmation, FailuresOfTreatmentAmongFreshBlocksBreakTheAttempt) {
  const Plan plan = confirmed_plan(12);
  const int stop = blocks_without_confirmation();
  const AttemptResult result = result_of(plan, [&](int number) {
    if (number <= stop) return drawn_block(plan, number, {.log_ratio = -0.1});
    return block_of(plan, number, {measured(1.0), failed()});
  });
  EXPECT_EQ(result.verdict, Verdict::invalid);
  EXPECT_EQ(result.reason, VerdictReason::broken);
}

}  // namespace attempt_confirmation_tests
}  // namespace assay::decide
