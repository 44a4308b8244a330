#include <gtest/gtest.h>

#include "experiments/decide/levels/levels.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"
#include "experiments/decide/rules/baseline_rule.hpp"
#include "experiments/decide/rules/order_rule.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace rules_tests {

Plan newest(Plan plan) {
  plan.rules = kNewestRules;
  return plan;
}

Block blocks_pair(const Plan& plan, int number, const Trial& control, const Trial& treatment) {
  return block_of(plan, number, {control, treatment});
}

TEST(Rules, OfACelledClaimInAllCellsDivideOnlyTheWorseningSide) {
  const TestCounts counts{.comparisons = 8, .treatments = 1};
  const TestLevels levels = primary_levels(newest(plan_of_cells(8, ClaimRule::all)), counts);
  EXPECT_DOUBLE_EQ(levels.sides.below_zero, 0.025);
  EXPECT_DOUBLE_EQ(levels.sides.above_zero, 0.025 / 8);
  EXPECT_DOUBLE_EQ(primary_levels(plan_of_cells(8, ClaimRule::all), counts).sides.above_zero, 0.025);
}

TEST(Rules, GiveADeclaredDirectionItsShareBeforeCellsDivideIt) {
  Plan plan = newest(plan_of_cells(4, ClaimRule::all));
  plan.protocol.sidedness = Sidedness::expect_better;
  const TestLevels levels = primary_levels(plan, {.comparisons = 4, .treatments = 1});
  EXPECT_DOUBLE_EQ(levels.sides.below_zero, 0.045);
  EXPECT_DOUBLE_EQ(levels.sides.above_zero, 0.005 / 4);
}

TEST(BaselineRule, MakesAControlThatNeverRanNoBaseline) {
  const Plan plan = newest(simple_plan());
  const AttemptResult result =
      result_of(plan, [&](int number) { return blocks_pair(plan, number, failed(), measured(1.0)); });
  EXPECT_EQ(result.verdict, Verdict::invalid);
  EXPECT_EQ(result.reason, VerdictReason::no_baseline);
  EXPECT_NE(result.decision, Decision::keep);
}

TEST(BaselineRule, HoldsBackAnImprovementOverAControlThatHardlyEverRuns) {
  const Plan plan = newest(simple_plan());
  const AttemptResult result = result_of(plan, [&](int number) {
    const bool runs = number % 6 == 1;
    return blocks_pair(plan, number, runs ? measured(1.0) : failed(), measured(0.9));
  });
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.reason, VerdictReason::control_fails);
}

TEST(BaselineRule, TakesATimeoutOfControlForABound) {
  const Plan plan = newest(simple_plan());
  const Trial timed_out = failed(TimedOut{std::chrono::seconds(2)});
  const AttemptResult result =
      result_of(plan, [&](int number) { return blocks_pair(plan, number, timed_out, measured(1.0)); });
  EXPECT_EQ(result.verdict, Verdict::improved);
  const Trial early = failed(TimedOut{std::chrono::milliseconds(500)});
  const AttemptResult straw_man =
      result_of(plan, [&](int number) { return blocks_pair(plan, number, early, measured(1.0)); });
  EXPECT_EQ(straw_man.reason, VerdictReason::no_baseline);
}

TEST(BaselineRule, IsNotAskedByTheOldestRules) {
  const Plan plan = simple_plan();
  const AttemptResult result =
      result_of(plan, [&](int number) { return blocks_pair(plan, number, failed(), measured(1.0)); });
  EXPECT_EQ(result.verdict, Verdict::improved);
}

/// A tenth less time, control always first.
Block control_first(int number) {
  Block block;
  block.number = number;
  block.trials = {measured(1.0 + 0.001 * number), measured(0.9)};
  block.trials[1].arm = 1;
  return block;
}

TEST(OrderRule, WaitsForAnotherOrderBeforeItClaims) {
  Plan plan = newest(simple_plan());
  AttemptAnalysis analysis(plan);
  feed(analysis, control_first, 12);
  EXPECT_FALSE(analysis.finished());
  Block other = control_first(13);
  std::swap(other.trials[0], other.trials[1]);
  analysis.add(other);
  for (int number = 14; number <= 15; ++number) analysis.add(control_first(number));
  EXPECT_TRUE(analysis.finished());
  EXPECT_EQ(analysis.result().verdict, Verdict::improved);
}

TEST(OrderRule, LeavesAClaimOfADrawnOrderAtTheCapAndNotesIt) {
  Plan plan = newest(simple_plan());
  plan.protocol.max_blocks = 20;
  const AttemptResult result = result_of(plan, control_first);
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.blocks, 20);
}

TEST(OrderRule, ClaimsNothingOfAnOrderThatWasToldAndNeverChanged) {
  Plan plan = newest(simple_plan());
  plan.order = OrderSource::told;
  plan.protocol.max_blocks = 20;
  const AttemptResult result = result_of(plan, control_first);
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.reason, VerdictReason::one_order);
}

TEST(OrderRule, AsksNothingOfDataThatDoNotTellTheirOrder) {
  Plan plan = newest(simple_plan());
  plan.order = OrderSource::unknown;
  EXPECT_EQ(result_of(plan, control_first).verdict, Verdict::improved);
}

TEST(Rules, LetMeasuringGoOnWhenEquivalenceIsTakenBack) {
  // The effect rises from -2 % to +2 % until the first look, and is 0 from then on.
  const auto turning = [](const Plan& plan) {
    return [&plan](int number) {
      const double effect = number <= 40 ? 0.001 * (number - 20.5) : 0;
      return drawn_block(plan, number, {.log_ratio = effect, .noise = 0.002});
    };
  };
  Plan old = simple_plan();
  old.protocol.min_blocks = 40;
  const Plan plan = newest(old);
  const AttemptResult before = result_of(old, turning(old));
  ASSERT_EQ(before.reason, VerdictReason::unstable);
  ASSERT_EQ(before.blocks, 40);
  EXPECT_GT(result_of(plan, turning(plan)).blocks, 40);
}

Plan confirmed_plan() {
  Plan plan = newest(simple_plan());
  plan.protocol.confirm = 12;
  return plan;
}

TEST(FreshTest, MakesTheSameClaimByItself) {
  const AttemptResult result = result_of(confirmed_plan(), Truth{.log_ratio = -0.1});
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_GE(result.comparisons[0].fresh_blocks, 12);
  EXPECT_LT(result.comparisons[0].metrics[0].effect->interval.high, 0);
  EXPECT_TRUE(result.comparisons[0].metrics[0].effect_at_stop.has_value());
}

TEST(FreshTest, IsNotConfirmedByAnEffectThatIsGone) {
  const Plan plan = confirmed_plan();
  const int stop = result_of(newest(simple_plan()), Truth{.log_ratio = -0.1}).blocks;
  const AttemptResult result = result_of(
      plan, [&](int number) { return drawn_block(plan, number, {.log_ratio = number <= stop ? -0.1 : 0.0}); });
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.reason, VerdictReason::unconfirmed);
}

TEST(FreshTest, CutByTheClockTakesOneLastLook) {
  const Plan plan = confirmed_plan();
  const int stop = result_of(newest(simple_plan()), Truth{.log_ratio = -0.1}).blocks;
  AttemptAnalysis analysis(plan);
  feed(
      analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.1}); }, stop + 8);
  EXPECT_EQ(analysis.blocks_to_next_look(0), 4);
  analysis.cut_by_time();
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.comparisons[0].fresh_blocks, 8);
  EXPECT_EQ(result.comparisons[0].diagnostics.back().note, "max_time ended the confirmation after 8 fresh blocks");
}

TEST(FreshTest, OfASuiteJudgesTheAverageOfItsCells) {
  Plan plan = newest(plan_of_cells(2, ClaimRule::suite));
  plan.protocol.confirm = 12;
  const AttemptResult result = result_of_cells(
      plan, [&](std::size_t cell, int number) { return drawn_block(plan, number, {.log_ratio = -0.1}, cell); });
  EXPECT_EQ(result.verdict, Verdict::improved);
  ASSERT_TRUE(result.suite[0].average.effect_at_stop.has_value());
  EXPECT_LT(result.suite[0].average.effect->interval.high, 0);
}

}  // namespace rules_tests
}  // namespace assay::decide
