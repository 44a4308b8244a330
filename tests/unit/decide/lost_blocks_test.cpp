#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace lost_blocks_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Plan newest_plan() {
  Plan plan = simple_plan();
  plan.rules = kNewestRules;
  return plan;
}

/// One look after so many blocks; any sign that is shown is a claim.
Plan plan_of_one_look(int blocks) {
  Plan plan = newest_plan();
  plan.protocol.looks = LookMode::once;
  plan.protocol.max_blocks = blocks;
  plan.protocol.kappa = 0;
  plan.protocol.alpha = 0.2;
  return plan;
}

/// What a kill leaves while the second trial of the block runs.
Block broken_off(Block block) {
  block.broken_off = BrokenOff{{block.trials.at(1).arm}};
  block.trials.resize(1);
  return block;
}

/// An attempt of which these blocks are broken off once each before they are measured.
AttemptResult result_with_losses(const Plan& plan, const Truth& truth, const std::vector<int>& lost) {
  AttemptAnalysis analysis(plan);
  for (int number = 1; number <= plan.protocol.max_blocks && !analysis.finished(); ++number) {
    const Block block = drawn_block(plan, number, truth);
    if (std::find(lost.begin(), lost.end(), number) != lost.end()) analysis.add(broken_off(block));
    if (!analysis.finished()) analysis.add(block);
  }
  return analysis.result();
}

const MetricResult& primary_of(const AttemptResult& result) {
  return result.comparisons.at(0).metrics.at(0);
}

TEST(LostBlocks, CostAnImprovementThatTheNewTrialsShow) {
  const Plan plan = plan_of_one_look(6);
  const Truth truth{.log_ratio = -0.5, .noise = 1e-3};
  EXPECT_EQ(result_with_losses(plan, truth, {}).verdict, Verdict::improved);
  EXPECT_EQ(result_with_losses(plan, truth, {3}).verdict, Verdict::inconclusive);
}

TEST(LostBlocks, CostARegressionThatTheNewTrialsShow) {
  const Plan plan = plan_of_one_look(6);
  const Truth truth{.log_ratio = 0.5, .noise = 1e-3};
  EXPECT_EQ(result_with_losses(plan, truth, {}).verdict, Verdict::regressed);
  EXPECT_EQ(result_with_losses(plan, truth, {3}).verdict, Verdict::inconclusive);
}

TEST(LostBlocks, CostEquivalenceAndNotWorse) {
  Plan plan = plan_of_one_look(8);
  plan.protocol.alpha_equivalence = 0.01;
  const Truth truth{.log_ratio = 1e-4, .noise = 1e-3};
  const AttemptResult whole = result_with_losses(plan, truth, {});
  const AttemptResult lossy = result_with_losses(plan, truth, {2});
  EXPECT_TRUE(primary_of(whole).not_worse);
  EXPECT_FALSE(primary_of(lossy).not_worse);
  EXPECT_EQ(whole.verdict, Verdict::equivalent);
  EXPECT_EQ(lossy.verdict, Verdict::inconclusive);
}

TEST(LostBlocks, LeaveTheEstimateAndMoveBothEndsOfTheInterval) {
  const Plan plan = plan_of_one_look(12);
  const Truth truth{.log_ratio = -0.1, .noise = 0.02};
  const Effect whole = *primary_of(result_with_losses(plan, truth, {})).effect;
  const Effect lossy = *primary_of(result_with_losses(plan, truth, {4, 5})).effect;
  EXPECT_EQ(lossy.estimate, whole.estimate);
  EXPECT_LT(lossy.interval.low, whole.interval.low);
  EXPECT_GT(lossy.interval.high, whole.interval.high);
}

TEST(LostBlocks, AreAFewBlocksMoreForATrueEffect) {
  Plan plan = newest_plan();
  plan.protocol.max_blocks = 60;
  const Truth truth{.log_ratio = -0.1, .noise = 0.02};
  const AttemptResult whole = result_with_losses(plan, truth, {});
  const AttemptResult lossy = result_with_losses(plan, truth, {2});
  EXPECT_EQ(lossy.verdict, Verdict::improved);
  EXPECT_GT(lossy.blocks, whole.blocks);
  EXPECT_LE(lossy.blocks, whole.blocks + 15);
}

TEST(LostBlocks, AreCountedApartFromVoidOnesWithTheTrialsThatWereStarted) {
  const Plan plan = newest_plan();
  AttemptAnalysis analysis(plan);
  analysis.add(broken_off(drawn_block(plan, 1, {})));
  analysis.add(drawn_block(plan, 1, {}));
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.lost_blocks, 1);
  EXPECT_EQ(result.void_blocks, 0);
  EXPECT_EQ(result.trials, 4);
  EXPECT_EQ(result.failed_control + result.failed_treatment, 0);
  const std::vector<Diagnostic>& diagnostics = result.comparisons[0].diagnostics;
  const auto told = std::find_if(diagnostics.begin(), diagnostics.end(),
                                 [](const Diagnostic& one) { return one.kind == DiagnosticKind::lost_blocks; });
  ASSERT_NE(told, diagnostics.end());
  EXPECT_EQ(told->note,
            "1 block was lost after a trial had started, and run again: whatever the new trials show, every test takes "
            "it at the worst for what it is to show");
}

TEST(LostBlocks, IncludeThoseWhoseProofFailedAfterATrial) {
  const Plan plan = plan_of_one_look(6);
  const Truth truth{.log_ratio = -0.5, .noise = 1e-3};
  AttemptAnalysis analysis(plan);
  Block unproven = drawn_block(plan, 1, truth);
  unproven.trials[0].outcome = StateUnproven{"half resident"};
  analysis.add(unproven);
  const AttemptResult result = feed(analysis, [&](int number) { return drawn_block(plan, number, truth); }).result();
  EXPECT_EQ(result.lost_blocks, 1);
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
}

TEST(LostBlocks, AreNotThoseThatWereVoidBeforeATrialStarted) {
  const Plan plan = plan_of_one_look(6);
  const Truth truth{.log_ratio = -0.5, .noise = 1e-3};
  AttemptAnalysis analysis(plan);
  Block void_block = block_of(plan, 1, {failed(HookFailed{"prepare", "exited 1"}), failed(HookFailed{"prepare", ""})});
  analysis.add(void_block);
  const AttemptResult result = feed(analysis, [&](int number) { return drawn_block(plan, number, truth); }).result();
  EXPECT_EQ(result.lost_blocks, 0);
  EXPECT_EQ(result.verdict, Verdict::improved);
}

TEST(LostBlocks, AreForgottenByTheRulesOfThen) {
  Plan plan = plan_of_one_look(6);
  plan.rules = kOldestRules;
  const AttemptResult result = result_with_losses(plan, {.log_ratio = -0.5, .noise = 1e-3}, {3});
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.lost_blocks, 0);
}

/// Somebody loses each block that looks bad for treatment, up to five times in a row, and each time other values come.
AttemptResult chosen_by_outcome(const Plan& plan, std::uint64_t seed) {
  AttemptAnalysis analysis(plan);
  for (int number = 1; number <= plan.protocol.max_blocks && !analysis.finished(); ++number) {
    for (std::uint64_t draw = 0;; ++draw) {
      const Block block = drawn_block(plan, number, {.noise = 0.05, .seed = 10 * seed + draw});
      const bool is_unwelcome = block.trials[0].arm == kControl ? block.trials[0].values < block.trials[1].values
                                                                : block.trials[1].values < block.trials[0].values;
      if (!is_unwelcome || draw == 5) {
        analysis.add(block);
        break;
      }
      analysis.add(broken_off(block));
    }
  }
  return analysis.result();
}

TEST(LostBlocks, ThatAreChosenByTheirOutcomeMakeNoKeep) {
  Plan plan = newest_plan();
  plan.protocol.max_blocks = 20;
  plan.protocol.kappa = 0;
  Plan then = plan;
  then.rules = kOldestRules;
  int kept_then = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    EXPECT_NE(chosen_by_outcome(plan, seed).decision, Decision::keep) << seed;
    kept_then += chosen_by_outcome(then, seed).decision == Decision::keep ? 1 : 0;
  }
  EXPECT_GE(kept_then, 18);
}

/// Modes whose tests are made differently.
std::vector<Plan> plans_of_all_methods() {
  Plan every_block = newest_plan();
  every_block.protocol.look_every_block = true;
  Plan anytime = newest_plan();
  anytime.protocol.looks = LookMode::anytime;
  Plan confirmed = newest_plan();
  confirmed.protocol.confirm = 8;
  Plan expected = newest_plan();
  expected.protocol.sidedness = Sidedness::expect_better;
  return {newest_plan(), every_block, anytime, confirmed, expected};
}

// The claim is what somebody hopes for: whatever is lost, it is not made where no loss would have made it.
TEST(LostBlocks, NeverMakeAClaimThatWouldNotHaveBeenMade) {
  for (Plan plan : plans_of_all_methods()) {
    plan.protocol.max_blocks = 24;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      const Truth truth{.log_ratio = seed % 2 == 0 ? 0.0 : -0.04, .noise = 0.05, .seed = seed};
      const AttemptResult whole = result_with_losses(plan, truth, {});
      for (const std::vector<int>& lost : {std::vector<int>{1}, {2, 7}, {5, 6, 9, 11}}) {
        const AttemptResult lossy = result_with_losses(plan, truth, lost);
        EXPECT_TRUE(lossy.verdict != Verdict::improved || whole.verdict == Verdict::improved) << seed;
        EXPECT_TRUE(!lossy.not_worse || whole.not_worse) << seed;
      }
    }
  }
}

TEST(LostBlocks, LeaveAGuardOfYesOrNoOpen) {
  Plan plan = newest_plan();
  plan.protocol.attempts = 3;
  plan.protocol.max_blocks = 14;
  Metric guard;
  guard.name = "ok";
  guard.kind = MetricKind::proportion;
  guard.direction = Direction::higher;
  guard.role = MetricRole::guard;
  plan.metrics.push_back(guard);
  AttemptAnalysis analysis(plan);
  const auto block = [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.5, .noise = 1e-3}, 0, number);
    return block_of(plan, number, {measured({control, 1.0}), measured({treatment, 1.0})});
  };
  analysis.add(broken_off(block(1)));
  const AttemptResult result = feed(analysis, block).result();
  EXPECT_EQ(result.comparisons[0].metrics[1].guard, GuardStatus::open);
  EXPECT_EQ(result.decision_reason, DecisionReason::guard_open);
}

TEST(LostBlocks, MakeADifferenceThatNeverVariesOneThatIsTested) {
  Plan plan = plan_of_one_look(6);
  plan.metrics[0].kind = MetricKind::deterministic;
  const auto exact = [&](int number) { return block_of(plan, number, {measured(2.0), measured(1.0)}); };
  EXPECT_EQ(primary_of(result_of(plan, exact)).effect->estimator, Estimator::exact);
  AttemptAnalysis analysis(plan);
  analysis.add(broken_off(exact(1)));
  const AttemptResult lossy = feed(analysis, exact).result();
  EXPECT_EQ(primary_of(lossy).effect->estimator, Estimator::hodges_lehmann);
  EXPECT_EQ(primary_of(lossy).effect->estimate, -1.0);
  EXPECT_GT(primary_of(lossy).effect->interval.high, 0);
  EXPECT_LT(primary_of(lossy).effect->interval.low, -1.0);
  EXPECT_EQ(lossy.verdict, Verdict::inconclusive);
}

TEST(LostBlocks, OfACostlyDesignMarkTheirPair) {
  Plan plan = newest_plan();
  plan.protocol.design = Design::costly;
  plan.protocol.min_blocks = 5;
  plan.protocol.max_blocks = 8;
  const auto played = [&](bool loses) {
    AttemptAnalysis analysis(plan);
    for (int number = 1; !analysis.finished() && number <= 16; ++number) {
      const BlockOrder order = design::block_order(plan, 0, number);
      Block block{.cell = 0, .number = number, .rerun = 0, .started_ns = 0, .padding = order.padding, .trials = {}};
      block.trials = {measured((order.arms[0] == kControl ? 2.0 : 1.0) + 1e-3 * number)};
      block.trials[0].arm = order.arms[0];
      if (loses && number == 2) {
        Block lost = block;
        lost.broken_off = BrokenOff{order.arms};
        lost.trials.clear();
        analysis.add(lost);
      }
      analysis.add(block);
    }
    return analysis.result();
  };
  EXPECT_EQ(played(false).verdict, Verdict::improved);
  const AttemptResult lossy = played(true);
  EXPECT_EQ(lossy.lost_blocks, 1);
  EXPECT_GT(primary_of(lossy).effect->interval.high, primary_of(played(false)).effect->interval.high);
  EXPECT_LT(lossy.comparisons[0].metrics[0].effect->estimate, 0);
  EXPECT_NE(lossy.comparisons[0].metrics[0].effect->estimate, kInfinity);
}

}  // namespace lost_blocks_tests
}  // namespace assay::decide
