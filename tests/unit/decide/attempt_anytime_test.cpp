#include <gtest/gtest.h>

#include "stats/anytime/e_process.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace attempt_anytime_tests {

Plan anytime_plan() {
  Plan plan = simple_plan();
  plan.protocol.looks = LookMode::anytime;
  plan.protocol.max_blocks = kNoCap;
  return plan;
}

TEST(AnytimeAttempt, LooksAfterEveryBlockFromTheSixth) {
  const Plan plan = anytime_plan();
  AttemptAnalysis analysis(plan);
  EXPECT_EQ(analysis.blocks_to_next_look(0), 6);
  feed(
      analysis, [&](int number) { return drawn_block(plan, number, {}); }, 7);
  EXPECT_EQ(analysis.blocks_to_next_look(0), 1);
}

TEST(AnytimeAttempt, IsImprovedWhereTheConfidenceSequenceSaysSo) {
  const AttemptResult result = result_of(anytime_plan(), Truth{.log_ratio = -0.06});
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.stop, Stop::boundary);
  const Effect& effect = *result.comparisons[0].metrics[0].effect;
  EXPECT_LT(effect.interval.high, -std::log1p(0.03) / 2);
  EXPECT_LT(*effect.p, 0.05);
}

TEST(AnytimeAttempt, IsRegressedInTheMirror) {
  EXPECT_EQ(result_of(anytime_plan(), Truth{.log_ratio = 0.06}).verdict, Verdict::regressed);
}

TEST(AnytimeAttempt, IsEquivalentWhereBothOneSidedEvidencesSaySo) {
  const AttemptResult result = result_of(anytime_plan(), Truth{});
  EXPECT_EQ(result.verdict, Verdict::equivalent);
  EXPECT_TRUE(result.not_worse);
}

TEST(AnytimeAttempt, GoesOnBeyondTheDefaultCap) {
  const Plan plan = anytime_plan();
  AttemptAnalysis analysis(plan);
  feed(
      analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.025, .noise = 0.2}); }, 250);
  EXPECT_FALSE(analysis.finished());
}

TEST(AnytimeAttempt, StopsAtACapThatIsGiven) {
  Plan plan = anytime_plan();
  plan.protocol.max_blocks = 20;
  const AttemptResult result = result_of(plan, Truth{.log_ratio = -0.025, .noise = 0.2});
  EXPECT_EQ(result.stop, Stop::cap);
  EXPECT_EQ(result.blocks, 20);
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
}

TEST(AnytimeAttempt, CutByTheClockStandsAsItsEvidenceDoes) {
  const Plan plan = anytime_plan();
  AttemptAnalysis analysis(plan);
  feed(
      analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.5}); }, 4);
  analysis.cut_by_time();
  EXPECT_EQ(analysis.result().stop, Stop::time);
  EXPECT_EQ(analysis.result().verdict, Verdict::inconclusive);  // four blocks bound nothing
}

TEST(AnytimeAttempt, WorksForASuiteAndItsConfirmation) {
  Plan plan = plan_of_cells(2, ClaimRule::suite);
  plan.protocol.looks = LookMode::anytime;
  plan.protocol.max_blocks = kNoCap;
  plan.protocol.confirm = 8;
  const AttemptResult result = result_of_cells(
      plan, [&](std::size_t cell, int number) { return drawn_block(plan, number, {.log_ratio = -0.1}, cell); });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.comparisons[0].fresh_blocks, 8);
}

}  // namespace attempt_anytime_tests
}  // namespace assay::decide
