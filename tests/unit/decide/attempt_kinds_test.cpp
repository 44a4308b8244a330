#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace attempt_kinds_tests {

Plan plan_of_kind(MetricKind kind, Direction direction = Direction::lower) {
  Plan plan = simple_plan();
  plan.metrics[0].kind = kind;
  plan.metrics[0].name = "figure";
  plan.metrics[0].direction = direction;
  return plan;
}

/// A primary metric that improves by 10 %, and a guard of this kind.
Plan guarded_by(MetricKind kind, std::optional<Percent> margin) {
  Plan plan = simple_plan();
  Metric guard;
  guard.name = "ok";
  guard.kind = kind;
  guard.role = MetricRole::guard;
  guard.margin = margin;
  guard.direction = kind == MetricKind::proportion ? Direction::higher : Direction::lower;
  guard.source = JsonSource{"/ok"};
  plan.metrics.push_back(guard);
  return plan;
}

template <class Guard>
AttemptResult guarded_result(const Plan& plan, Guard guard) {
  return result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.1}, 0, number);
    const auto [of_control, of_treatment] = guard(number);
    return block_of(plan, number, {measured({control, of_control}), measured({treatment, of_treatment})});
  });
}

using Pair = std::pair<double, double>;

TEST(Deterministic, IsComparedExactlyAtTheFirstLook) {
  const Plan plan = plan_of_kind(MetricKind::deterministic);
  const auto result_at = [&](double treatment) {
    return result_of(plan, [&](int number) { return block_of(plan, number, {measured(1000), measured(treatment)}); });
  };
  const AttemptResult smaller = result_at(900);
  EXPECT_EQ(smaller.verdict, Verdict::improved);
  EXPECT_EQ(smaller.blocks, 6);
  const Effect& effect = *smaller.comparisons[0].metrics[0].effect;
  EXPECT_EQ(effect.estimator, Estimator::exact);
  EXPECT_EQ(effect.interval, (Interval{-100, -100}));
  EXPECT_EQ(effect.confidence, 1);
  EXPECT_EQ(effect.p, std::nullopt);
  EXPECT_EQ(result_at(1100).verdict, Verdict::regressed);
  EXPECT_EQ(result_at(970).verdict, Verdict::improved);    // exactly the margin of 3 %
  EXPECT_EQ(result_at(971).verdict, Verdict::equivalent);  // just less
  EXPECT_EQ(result_at(971).reason, VerdictReason::immaterial);
  EXPECT_EQ(result_at(1000).reason, VerdictReason::none);
}

TEST(Deterministic, ThatIsZeroInControlForgivesNothing) {
  const Plan plan = plan_of_kind(MetricKind::deterministic);
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(0.0), measured(1.0)});
  });
  EXPECT_EQ(result.verdict, Verdict::regressed);
}

TEST(Deterministic, ThatVariesIsTestedAsADifferenceAndSaysSo) {
  const Plan plan = plan_of_kind(MetricKind::deterministic);
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(1000), measured(900.0 + number % 3)});
  });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_GT(result.blocks, 6);  // a test cannot know it so early
  EXPECT_EQ(result.comparisons[0].metrics[0].effect->estimator, Estimator::hodges_lehmann);
  const auto& notes = result.comparisons[0].diagnostics;
  const auto found =
      std::find_if(notes.begin(), notes.end(), [](const auto& one) { return one.kind == DiagnosticKind::varies; });
  ASSERT_NE(found, notes.end());
  EXPECT_NE(found->note.find("figure was declared deterministic, but treatment had 3 different values"),
            std::string::npos)
      << found->note;
}

TEST(Deterministic, WithAFailedTrialIsNotExact) {
  const Plan plan = plan_of_kind(MetricKind::deterministic);
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(1000), number == 2 ? failed() : measured(900)});
  });
  EXPECT_EQ(result.comparisons[0].metrics[0].effect->estimator, Estimator::hodges_lehmann);
  EXPECT_NE(result.decision, Decision::keep);
}

TEST(Deterministic, GuardPassesAtOnceAndOpensAgainWhereItVaries) {
  const Plan plan = guarded_by(MetricKind::deterministic, Percent{5});
  EXPECT_EQ(guarded_result(plan, [](int) { return Pair(100, 104); }).decision, Decision::keep);
  EXPECT_EQ(guarded_result(plan, [](int) { return Pair(100, 105); }).decision_reason, DecisionReason::guard);
  Plan slow = plan;
  slow.protocol.min_blocks = 6;
  slow.protocol.max_blocks = 12;
  const AttemptResult result = guarded_result(slow, [](int number) { return Pair(100, number == 7 ? 120 : 100); });
  EXPECT_NE(result.comparisons[0].metrics[1].effect->estimator, Estimator::exact);
}

TEST(Shares, OneSuccessInTenAgainstTenInTenIsSeen) {
  Plan plan = plan_of_kind(MetricKind::proportion, Direction::higher);
  plan.metrics[0].margin = Percent{10};
  plan.protocol.looks = LookMode::once;
  plan.protocol.max_blocks = 10;
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(number == 4 ? 1.0 : 0.0), measured(1.0)});
  });
  const MetricResult& shares = result.comparisons[0].metrics[0];
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(shares.effect->estimator, Estimator::share_difference);
  EXPECT_DOUBLE_EQ(shares.effect->estimate, 0.9);
  EXPECT_GT(shares.effect->interval.low, 0.05);     // half the margin
  EXPECT_NEAR(*shares.effect->p, 2.0 / 512, 1e-3);  // 9 discordant blocks, all on one side; of 240 levels
}

TEST(Shares, IntervalHoldsTheDifferenceOfTheShares) {
  Plan plan = plan_of_kind(MetricKind::proportion);
  plan.protocol.looks = LookMode::once;
  plan.protocol.max_blocks = 40;
  // Treatment alone fails in 4 of 40 blocks, control alone in 2.
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(number % 20 == 1 ? 1.0 : 0.0), measured(number % 10 == 2 ? 1.0 : 0.0)});
  });
  const Effect& effect = *result.comparisons[0].metrics[0].effect;
  EXPECT_DOUBLE_EQ(effect.estimate, 0.05);
  EXPECT_LT(effect.interval.low, 0);
  EXPECT_GT(effect.interval.high, 0.1);
}

TEST(Shares, FractionsOfManyAreOneValueEach) {
  const Plan plan = plan_of_kind(MetricKind::proportion);
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(0.5 + 0.001 * (number % 7)), measured(0.2 + 0.001 * (number % 5))});
  });
  EXPECT_EQ(result.comparisons[0].metrics[0].effect->estimator, Estimator::hodges_lehmann);
  EXPECT_EQ(result.verdict, Verdict::improved);
}

TEST(ShareGuard, PassesAfterAsManyBlocksAsThePointsCost) {
  Plan plan = guarded_by(MetricKind::proportion, Percent{10});
  const AttemptResult result = guarded_result(plan, [](int) { return Pair(1, 1); });
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(result.blocks, 36);  // the first look that shows 10 points without a failure
}

TEST(ShareGuard, ThatIsOpenSaysHowManyBlocksItNeeds) {
  Plan plan = guarded_by(MetricKind::proportion, Percent{5});
  plan.protocol.max_blocks = 30;
  plan.exploratory = true;  // so that the last attempt is not discarded as such
  const AttemptResult result = guarded_result(plan, [](int) { return Pair(1, 1); });
  EXPECT_EQ(result.decision_reason, DecisionReason::guard_open);
  EXPECT_EQ(result.comparisons[0].metrics[1].blocks_needed, 59);
}

TEST(ShareGuard, BeyondItsMarginFails) {
  const Plan plan = guarded_by(MetricKind::proportion, Percent{10});
  const AttemptResult result = guarded_result(plan, [](int number) { return Pair(1, number % 2); });
  EXPECT_EQ(result.decision_reason, DecisionReason::guard);
}

TEST(ShareGuard, WithoutMarginVetoesAFailureWhereControlNeverFails) {
  const Plan plan = guarded_by(MetricKind::proportion, std::nullopt);
  const AttemptResult fine = guarded_result(plan, [](int) { return Pair(1, 1); });
  EXPECT_EQ(fine.decision, Decision::keep);
  EXPECT_LT(fine.blocks, 29);  // nothing is to be shown
  const AttemptResult failing = guarded_result(plan, [](int number) { return Pair(1, number == 3 ? 0 : 1); });
  EXPECT_EQ(failing.decision_reason, DecisionReason::guard);
  EXPECT_EQ(failing.verdict, Verdict::improved);
  const AttemptResult both =
      guarded_result(plan, [](int number) { return Pair(number == 2 ? 0 : 1, number == 3 ? 0 : 1); });
  EXPECT_EQ(both.decision, Decision::keep);
}

TEST(Deterministic, IsQuotedExactlyFromFreshBlocksToo) {
  Plan plan = plan_of_kind(MetricKind::deterministic);
  plan.protocol.confirm = 8;
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(1000), measured(900)});
  });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.comparisons[0].fresh_blocks, 8);
  EXPECT_EQ(result.comparisons[0].metrics[0].effect->estimator, Estimator::exact);
}

TEST(Deterministic, ThatVariesInFreshBlocksIsTestedThereAndSaysSo) {
  Plan plan = plan_of_kind(MetricKind::deterministic);
  plan.protocol.confirm = 8;
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(1000), measured(number <= 6 ? 900 : 900 + number)});
  });
  const Comparison& comparison = result.comparisons[0];
  EXPECT_EQ(comparison.metrics[0].effect->estimator, Estimator::hodges_lehmann);
  EXPECT_TRUE(std::any_of(comparison.diagnostics.begin(), comparison.diagnostics.end(),
                          [](const Diagnostic& one) { return one.kind == DiagnosticKind::varies; }));
}

TEST(Deterministic, IsExactUnderAnytimeEvidenceAndInQuads) {
  Plan anytime = plan_of_kind(MetricKind::deterministic);
  anytime.protocol.looks = LookMode::anytime;
  const AttemptResult result = result_of(anytime, [&](int number) {
    return block_of(anytime, number, {measured(1000), measured(900)});
  });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.comparisons[0].metrics[0].effect->estimator, Estimator::exact);
  Plan quads = plan_of_kind(MetricKind::deterministic);
  quads.protocol.design = Design::abba;
  const AttemptResult in_quads = result_of(quads, [&](int number) {
    return block_of(quads, number, {measured(1000), measured(900)});
  });
  EXPECT_EQ(in_quads.verdict, Verdict::improved);
  EXPECT_EQ(in_quads.comparisons[0].metrics[0].effect->estimator, Estimator::exact);
}

TEST(YesOrNo, IsQuotedAsADifferenceOfSharesFromFreshBlocksToo) {
  Plan plan = plan_of_kind(MetricKind::proportion, Direction::higher);
  plan.protocol.confirm = 20;
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(number % 2 == 0 ? 0.0 : 1.0), measured(1.0)});
  });
  const Comparison& comparison = result.comparisons[0];
  EXPECT_EQ(comparison.fresh_blocks, 20);
  EXPECT_EQ(comparison.metrics[0].effect->estimator, Estimator::share_difference);
  EXPECT_DOUBLE_EQ(comparison.metrics[0].effect->estimate, 0.5);
}

TEST(YesOrNo, InQuadsIsNoYesOrNo) {
  Plan plan = plan_of_kind(MetricKind::proportion, Direction::higher);
  plan.protocol.design = Design::abba;
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {measured(number % 2 == 0 ? 0.0 : 1.0), measured(1.0)});
  });
  EXPECT_EQ(result.comparisons[0].metrics[0].effect->estimator, Estimator::hodges_lehmann);
}

}  // namespace attempt_kinds_tests
}  // namespace assay::decide
