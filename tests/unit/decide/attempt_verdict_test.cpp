#include <algorithm>

#include <gtest/gtest.h>

#include "experiments/decide/levels/levels.hpp"
#include "experiments/decide/levels/looks.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace attempt_verdict_tests {

/// Every block has this effect, give or take a jitter far below it that keeps ties away.
Block steady_block(const Plan& plan, int number, double effect, std::size_t cell = 0) {
  return drawn_block(plan, number, {.log_ratio = effect, .noise = 1e-5}, cell);
}

AttemptResult steady_result(const Plan& plan, double effect) {
  return result_of(plan, [&](int number) { return steady_block(plan, number, effect); });
}

TEST(Attempt, OfAClearGainIsImprovedAndKept) {
  const AttemptResult result = result_of(simple_plan(), {.log_ratio = -0.10});
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(result.stop, Stop::boundary);
  const Effect& effect = result.comparisons[0].metrics[0].effect.value();
  EXPECT_NEAR(effect.estimate, -0.10, 0.02);
  EXPECT_LT(effect.interval.high, -0.015);
  EXPECT_DOUBLE_EQ(effect.confidence, 0.95);
}

TEST(Attempt, OfAClearLossIsRegressedAndDiscarded) {
  const AttemptResult result = result_of(simple_plan(), {.log_ratio = 0.10});
  EXPECT_EQ(result.verdict, Verdict::regressed);
  EXPECT_EQ(result.decision_reason, DecisionReason::worse);
}

TEST(Attempt, OfTheSameIsEquivalentAndDiscarded) {
  const AttemptResult result = result_of(simple_plan(), {.log_ratio = 0});
  EXPECT_EQ(result.verdict, Verdict::equivalent);
  EXPECT_EQ(result.stop, Stop::equivalence);
  EXPECT_EQ(result.decision_reason, DecisionReason::equivalent);
  EXPECT_TRUE(result.not_worse);
}

TEST(Attempt, OfMereNoiseEndsAtTheCapWithAdvice) {
  Plan plan = simple_plan();
  plan.protocol.max_blocks = 20;
  const AttemptResult result = result_of(plan, {.log_ratio = 0, .noise = 0.3});
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.reason, VerdictReason::noise);
  EXPECT_EQ(result.stop, Stop::cap);
  EXPECT_EQ(result.blocks, 20);
  EXPECT_GT(result.advice.blocks_needed.value(), 1000);
  EXPECT_GT(result.advice.detectable_percent.value(), 20);
  // Two trials of about 1 s a block.
  EXPECT_NEAR(result.advice.seconds_needed.value() / result.advice.blocks_needed.value(), 2, 0.5);
}

TEST(Attempt, TurnsTheVerdictRoundWhereHigherIsBetter) {
  Plan plan = simple_plan();
  plan.metrics[0].direction = Direction::higher;
  const AttemptResult result = result_of(plan, {.log_ratio = -0.10});
  EXPECT_EQ(result.verdict, Verdict::regressed);
  EXPECT_NEAR(result.comparisons[0].metrics[0].effect->estimate, -0.10, 0.02);
  EXPECT_LT(result.comparisons[0].metrics[0].effect->interval.high, 0);
}

TEST(Attempt, StopsOnlyAtALook) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const AttemptResult result = result_of(simple_plan(), {.log_ratio = -0.04, .noise = 0.03, .seed = seed});
    const std::vector<int> looks = looks_of(simple_plan().protocol);
    EXPECT_NE(std::find(looks.begin(), looks.end(), result.blocks), looks.end()) << result.blocks;
  }
}

TEST(Attempt, LooksAfterEveryBlockWhereTrialsTakeMinutes) {
  for (const auto& [seconds, to_next] : {std::pair(90.0, 1), std::pair(30.0, 2)}) {
    const Plan plan = simple_plan();
    AttemptAnalysis analysis(plan);
    for (int number = 1; number <= 6; ++number) {
      analysis.add(block_of(plan, number, {measured(seconds), measured(seconds * (1 + 0.01 * number))}));
    }
    EXPECT_EQ(analysis.blocks_to_next_look(0), to_next);  // 7, or the 8 of the usual looks
  }
}

TEST(Attempt, OfASuiteLooksAfterEveryBlockWhereTheTrialsOfAllCellsTakeMinutes) {
  const Plan plan = plan_of_cells(2, ClaimRule::suite);
  AttemptAnalysis analysis(plan);
  for (int number = 1; number <= 6; ++number) {
    for (std::size_t cell = 0; cell < 2; ++cell) {
      analysis.add(block_of(plan, number, {measured(90), measured(90 * (1 + 0.01 * number))}, cell));
    }
  }
  EXPECT_EQ(analysis.blocks_to_next_look(0), 1);
  EXPECT_EQ(analysis.blocks_to_next_look(1), 1);
}

TEST(Attempt, ShowsNothingBeforeEightBlocks) {
  // With cap 200 the look at 6 may spend 0.025 ln(6 / 4.5) / ln(200 / 4.5) = 0.0019, below 2^-6 = 0.0156; that at 8 has
  // 0.0038 and needs 2^-8 = 0.0039, so that the sign vectors drawn decide whether it is this look or the one at 9.
  const AttemptResult result = steady_result(simple_plan(), -0.5);
  EXPECT_GE(result.blocks, 8);
  EXPECT_LE(result.blocks, 9);
}

TEST(Attempt, AlphaIsNeverCarriedBetweenAttempts) {
  Plan plan = simple_plan();
  plan.protocol.attempts = 3;
  plan.attempt = 2;
  // A tenth of alpha: 0.0025 a side. Of 2^-12 = 0.00024 the look at 12 may have spent 0.00065, that at 9 only 0.00046,
  // below 2^-9.
  const AttemptResult second = steady_result(plan, -0.5);
  EXPECT_EQ(second.blocks, 12);
  EXPECT_DOUBLE_EQ(second.comparisons[0].metrics[0].effect->confidence, 0.995);
  EXPECT_DOUBLE_EQ(second.comparisons[0].metrics[0].equivalence->confidence, 0.99);
  plan.attempt = 3;
  EXPECT_EQ(steady_result(plan, -0.5).blocks, 12);
}

TEST(Attempt, KappaHalfAsksMoreThanKappaZero) {
  const auto blocks_at = [](double kappa) {
    Plan plan = simple_plan();
    plan.protocol.kappa = kappa;
    const AttemptResult result = result_of(plan, {.log_ratio = -0.05, .noise = 0.02});
    EXPECT_EQ(result.verdict, Verdict::improved) << kappa;
    return result.blocks;
  };
  EXPECT_LT(blocks_at(0), blocks_at(0.5));
  EXPECT_LT(blocks_at(0.5), blocks_at(1));
}

TEST(Attempt, AnEffectBelowTheMarginIsNeverImproved) {
  const AttemptResult result = steady_result(simple_plan(), -0.0295);
  EXPECT_NE(result.verdict, Verdict::improved);
}

TEST(Attempt, EquivalenceNeedsBothSides) {
  // 3 % is 0.0296 on the log scale: this treatment is shown not to be worse by that much, yet not shown not to be
  // better by it.
  Plan plan = simple_plan();
  plan.protocol.max_blocks = 15;
  const AttemptResult result = result_of(plan, {.log_ratio = -0.015, .noise = 0.02});
  EXPECT_TRUE(result.not_worse);
  EXPECT_LT(result.comparisons[0].metrics[0].equivalence->interval.low, -0.0296);
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.stop, Stop::cap);
}

TEST(Attempt, EquivalenceIsShownAtItsOwnLevelAndNoLower) {
  // With cap 20 the first look may spend 0.05 ln(6 / 4.5) / ln(20 / 4.5) = 0.0096: below 2^-6 = 0.0156, which twice as
  // much would reach.
  Plan plan = simple_plan();
  plan.protocol.max_blocks = 20;
  EXPECT_EQ(steady_result(plan, 0).blocks, 8);
  plan.protocol.alpha_equivalence = 0.1;
  EXPECT_EQ(steady_result(plan, 0).blocks, 6);
}

TEST(Attempt, KeepsWhatIsNotWorseWhereThatIsTheGoal) {
  Plan plan = simple_plan();
  plan.protocol.goal = Goal::not_worse;
  const AttemptResult result = result_of(plan, {.log_ratio = -0.015, .noise = 0.02});
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(result.decision_reason, DecisionReason::not_worse);
  EXPECT_EQ(result.stop, Stop::boundary);
}

TEST(Attempt, WithAFixedCountLooksOnce) {
  Plan plan = simple_plan();
  plan.protocol.looks = LookMode::once;
  plan.protocol.max_blocks = 6;
  // One look spends all of alpha: 2^-6 = 0.016 is below 0.025.
  const AttemptResult result = steady_result(plan, -0.5);
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.blocks, 6);
}

TEST(Attempt, OfThreeBlocksShowsNothing) {
  Plan plan = simple_plan();
  plan.protocol.max_blocks = 3;
  const AttemptResult result = steady_result(plan, -0.5);
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.blocks, 3);
}

TEST(Attempt, OnItsLastTryDiscardsWhatItCannotShow) {
  Plan plan = simple_plan();
  plan.protocol.max_blocks = 20;
  plan.protocol.attempts = 3;
  plan.attempt = 1;
  const Truth noisy{.log_ratio = 0, .noise = 0.3};
  EXPECT_EQ(result_of(plan, noisy).decision, Decision::undecided);
  plan.attempt = 3;
  EXPECT_EQ(result_of(plan, noisy).decision_reason, DecisionReason::capped);
  plan.exploratory = true;
  EXPECT_EQ(result_of(plan, noisy).decision, Decision::undecided);
}

TEST(Attempt, ThatIsNotOverTellsHowThingsStand) {
  Plan plan = simple_plan();
  AttemptAnalysis analysis(plan);
  feed(
      analysis, [&](int number) { return steady_block(plan, number, -0.5); }, 7);
  EXPECT_FALSE(analysis.finished());
  EXPECT_EQ(analysis.blocks_to_next_look(0), 1);
  EXPECT_EQ(analysis.complete_blocks(0), 7);
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.decision, Decision::undecided);
  EXPECT_EQ(result.stop, Stop::interrupted);
}

TEST(Attempt, TellsItsProgressFromTheLastLook) {
  Plan plan = simple_plan();
  AttemptAnalysis analysis(plan);
  feed(
      analysis, [&](int number) { return steady_block(plan, number, -0.5); }, 5);
  EXPECT_EQ(analysis.progress(0).estimate, std::nullopt);
  analysis.add(steady_block(plan, 6, -0.5));
  const Progress progress = analysis.progress(0);
  EXPECT_EQ(progress.blocks, 6);
  EXPECT_EQ(progress.cap, 200);
  EXPECT_NEAR(progress.estimate.value(), -0.5, 0.001);
}

TEST(Attempt, ComparesTreatmentsWithOneControlAtAShareOfAlpha) {
  Plan plan = simple_plan();
  plan.variable.levels.push_back({"third", CommandLevel{{"newer"}}});
  const AttemptResult result = result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.5}, 0, number);
    const auto [again, third] = drawn_pair({.log_ratio = 0}, 1, number);
    return block_of(plan, number, {measured(control), measured(treatment), measured(control / again * third)});
  });
  ASSERT_EQ(result.comparisons.size(), 2U);
  EXPECT_EQ(result.comparisons[0].verdict, Verdict::improved);
  EXPECT_EQ(result.comparisons[1].verdict, Verdict::equivalent);
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_DOUBLE_EQ(result.comparisons[0].metrics[0].effect->confidence, 0.975);
}

}  // namespace attempt_verdict_tests
}  // namespace assay::decide
