#include <gtest/gtest.h>

#include "experiments/decide/rules/experiment_verdict.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace attempt_guard_tests {

/// Treatment takes 10 % less time; its memory follows `memory`.
AttemptResult guarded_result(const Plan& plan, const Truth& memory, double log_ratio_of_time = -0.1) {
  return result_of(plan, [&, log_ratio_of_time](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = log_ratio_of_time}, 0, number);
    const auto [small, large] = drawn_pair(memory, 1, number);
    return block_of(plan, number, {measured({control, 1e6 * small}), measured({treatment, 1e6 * large})});
  });
}

TEST(Guard, ThatPassesLetsTheChangeBeKept) {
  const AttemptResult result = guarded_result(guarded_plan(Percent{10}), {.log_ratio = 0});
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(result.comparisons[0].metrics[1].guard, GuardStatus::passed);
}

TEST(Guard, ThatGotBetterPasses) {
  const AttemptResult result = guarded_result(guarded_plan(Percent{10}), {.log_ratio = -0.5});
  EXPECT_EQ(result.comparisons[0].metrics[1].guard, GuardStatus::passed);
}

TEST(Guard, ThatIsStillOpenKeepsTheAttemptGoing) {
  const Truth noisy_memory{.log_ratio = 0, .noise = 0.1};
  const AttemptResult guarded = guarded_result(guarded_plan(Percent{5}), noisy_memory);
  const AttemptResult unguarded = guarded_result(guarded_plan(Percent{1000}), noisy_memory);
  EXPECT_GT(guarded.blocks, unguarded.blocks);
  EXPECT_EQ(guarded.decision, Decision::keep);
}

TEST(Guard, ThatIsOpenAtTheCapLeavesItUndecidedAndSaysHowManyBlocksItNeeds) {
  Plan plan = guarded_plan(Percent{2});
  plan.protocol.max_blocks = 30;
  plan.protocol.attempts = 2;
  const AttemptResult result = guarded_result(plan, {.log_ratio = 0, .noise = 0.2});
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::undecided);
  EXPECT_EQ(result.decision_reason, DecisionReason::guard_open);
  EXPECT_EQ(result.stop, Stop::cap);
  EXPECT_EQ(result.comparisons[0].metrics[1].guard, GuardStatus::open);
  EXPECT_GT(result.comparisons[0].metrics[1].blocks_needed.value(), 1000);
}

TEST(Guard, BeyondItsMarginDiscardsTheChangeAndLeavesTheVerdict) {
  const AttemptResult result = guarded_result(guarded_plan(Percent{10}), {.log_ratio = 0.5});
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::discard);
  EXPECT_EQ(result.decision_reason, DecisionReason::guard);
  EXPECT_EQ(result.comparisons[0].metrics[1].guard, GuardStatus::failed);
}

TEST(Guard, WorseWithinItsMarginHasNotFailed) {
  // 9 % more memory, surely more than none and perhaps as much as the 10 % allowed.
  Plan plan = guarded_plan(Percent{10});
  plan.protocol.max_blocks = 15;
  const AttemptResult result = guarded_result(plan, {.log_ratio = 0.086, .noise = 0.02});
  const MetricResult& guard = result.comparisons[0].metrics[1];
  EXPECT_GT(guard.effect->interval.low, 0.04);
  EXPECT_EQ(guard.guard, GuardStatus::open);
}

TEST(Guard, IsNotWaitedForWhereThePrimaryMetricGotWorse) {
  Plan plan = guarded_plan(Percent{2});
  const AttemptResult result = guarded_result(plan, {.log_ratio = 0, .noise = 0.2}, 0.1);
  EXPECT_EQ(result.verdict, Verdict::regressed);
  EXPECT_LE(result.blocks, 12);
}

TEST(Guard, IsNotWaitedForWhereThePrimaryMetricIsEquivalent) {
  Plan plan = guarded_plan(Percent{2});
  const AttemptResult result = guarded_result(plan, {.log_ratio = 0, .noise = 0.2}, 0);
  EXPECT_EQ(result.verdict, Verdict::equivalent);
  EXPECT_LT(result.blocks, 60);
}

TEST(Guard, IsWaitedForWhereTheGoalIsNotToBeWorse) {
  Plan plan = guarded_plan(Percent{2});
  plan.protocol.goal = Goal::not_worse;
  plan.protocol.max_blocks = 30;
  const AttemptResult result = guarded_result(plan, {.log_ratio = 0, .noise = 0.2}, 0);
  EXPECT_EQ(result.blocks, 30);
  EXPECT_NE(result.decision, Decision::keep);
}

TEST(Guard, ThatCannotBeReadIsNotWaitedForAndForbidsKeep) {
  const Plan plan = guarded_plan(Percent{10});
  const AttemptResult result = result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.1}, 0, number);
    return block_of(plan, number, {measured({control, std::nullopt}), measured({treatment, std::nullopt})});
  });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_LE(result.blocks, 12);
  EXPECT_NE(result.decision, Decision::keep);
  EXPECT_EQ(result.comparisons[0].diagnostics.back().note, "max_rss has no value in block 1 (control)");
}

TEST(Guard, SeesATreatmentThatFails) {
  // Better memory in the blocks that can be measured does not hide the trials that cannot.
  const Plan plan = guarded_plan(Percent{10});
  const AttemptResult result = result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.5}, 0, number);
    if (number == 2) return block_of(plan, number, {measured({control, 1e6}), failed()});
    return block_of(plan, number, {measured({control, 1e6}), measured({treatment, 0.5e6})});
  });
  EXPECT_EQ(result.decision_reason, DecisionReason::broken);
  EXPECT_EQ(result.comparisons[0].metrics[1].treatment.failed, 1);
}

MetricResult inconclusive_metric(double p, GuardStatus guard) {
  MetricResult metric;
  metric.reason = VerdictReason::noise;
  metric.guard = guard;
  metric.effect = Effect{.estimate = 0.05, .interval = {-0.01, 0.11}, .p = p};
  return metric;
}

// Three guards in two comparisons: 0.01 counts three times, 0.03 twice, and none less than the one before it.
TEST(Guards, AreOneFamilyForHolmsAdjustment) {
  const MetricResult primary = inconclusive_metric(0.04, GuardStatus::not_a_guard);
  std::vector<Comparison> comparisons(2);
  comparisons[0].metrics = {primary, inconclusive_metric(0.04, GuardStatus::open),
                            inconclusive_metric(0.01, GuardStatus::failed)};
  comparisons[1].metrics = {primary, inconclusive_metric(0.03, GuardStatus::open)};
  state_guards_by_holm(comparisons, std::vector<FamilyMember>{{0.04}, {0.01}, {0.03}}, {.alpha = 0.05});
  EXPECT_EQ(comparisons[0].metrics[0], primary);
  EXPECT_DOUBLE_EQ(comparisons[0].metrics[1].effect->p.value(), 0.06);
  EXPECT_DOUBLE_EQ(comparisons[0].metrics[2].effect->p.value(), 0.03);
  EXPECT_DOUBLE_EQ(comparisons[1].metrics[1].effect->p.value(), 0.06);
  EXPECT_EQ(comparisons[0].metrics[1].reason, VerdictReason::noise);
  EXPECT_EQ(comparisons[0].metrics[2].reason, VerdictReason::direction_known);
}

TEST(Guards, ThatCrossedAtTheirOwnLevelsArePrintedWithAlphaAtMost) {
  std::vector<Comparison> comparisons(1);
  comparisons[0].metrics = {inconclusive_metric(0.04, GuardStatus::not_a_guard),
                            inconclusive_metric(0.04, GuardStatus::open), inconclusive_metric(0.2, GuardStatus::open)};
  const FamilyLevel level{.alpha = 0.05, .printed = PrintedP::at_most_the_level};
  state_guards_by_holm(comparisons, std::vector<FamilyMember>{{0.04, true}, {0.2}}, level);
  EXPECT_EQ(comparisons[0].metrics[1].effect->p, 0.05);
  EXPECT_TRUE(comparisons[0].metrics[1].effect->p_is_bound);
  EXPECT_FALSE(comparisons[0].metrics[2].effect->p_is_bound);
}

TEST(Guards, OneAloneKeepsItsPValue) {
  std::vector<Comparison> comparisons(1);
  comparisons[0].metrics = {inconclusive_metric(0.04, GuardStatus::not_a_guard),
                            inconclusive_metric(0.01, GuardStatus::open)};
  state_guards_by_holm(comparisons, std::vector<FamilyMember>{{0.01}}, {.alpha = 0.05});
  EXPECT_EQ(comparisons[0].metrics[1].effect->p, 0.01);
}

}  // namespace attempt_guard_tests
}  // namespace assay::decide
