#include <gtest/gtest.h>

#include "experiments/formats/block/block_json.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace attempt_end_tests {

TEST(AttemptEnd, ByTheClockTakesOneLastLookWithAllOfAlpha) {
  // Seven blocks, all better: 2^-7 = 0.0078 is beyond every scheduled look and below 0.025, all of a side's alpha.
  const Plan plan = simple_plan();
  AttemptAnalysis analysis(plan);
  feed(
      analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.5}); }, 7);
  analysis.cut_by_time();
  EXPECT_TRUE(analysis.finished());
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.stop, Stop::time);
  EXPECT_EQ(result.blocks, 7);
}

TEST(AttemptEnd, ByTheClockMayComeRightAfterALook) {
  const Plan plan = simple_plan();
  AttemptAnalysis analysis(plan);
  feed(
      analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.5}); }, 6);
  analysis.cut_by_time();
  EXPECT_EQ(analysis.result().verdict, Verdict::improved);
}

TEST(AttemptEnd, ByTheClockBeforeAnyBlockIsInconclusive) {
  AttemptAnalysis analysis(simple_plan());
  analysis.cut_by_time();
  EXPECT_TRUE(analysis.finished());
  EXPECT_EQ(analysis.result().verdict, Verdict::inconclusive);
  EXPECT_EQ(analysis.result().stop, Stop::time);
}

TEST(AttemptEnd, ByTheClockLooksAtASuiteWhereEveryCellHasBlocks) {
  const Plan plan = plan_of_cells(2, ClaimRule::suite);
  AttemptAnalysis analysis(plan);
  for (int number = 1; number <= 7; ++number) {
    for (std::size_t cell = 0; cell < 2; ++cell) {
      analysis.add(drawn_block(plan, number, {.log_ratio = -0.5}, cell));
    }
  }
  analysis.cut_by_time();
  EXPECT_EQ(analysis.result().verdict, Verdict::improved);
}

TEST(AttemptEnd, ByHandTakesNoLook) {
  const Plan plan = simple_plan();
  AttemptAnalysis analysis(plan);
  feed(
      analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.5}); }, 7);
  analysis.close_interrupted();
  EXPECT_TRUE(analysis.finished());
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.reason, VerdictReason::interrupted);
  EXPECT_EQ(result.stop, Stop::interrupted);
}

TEST(AttemptEnd, ByHandLeavesWhatWasDecided) {
  const Plan plan = simple_plan();
  AttemptAnalysis analysis(plan);
  feed(analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.5}); });
  analysis.close_interrupted();
  EXPECT_EQ(analysis.result().verdict, Verdict::improved);
}

TEST(AttemptEnd, ByTheAuditIsInvalidWhateverWasMeasured) {
  const Plan plan = simple_plan();
  AttemptAnalysis analysis(plan);
  feed(analysis, [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.5}); });
  analysis.set_audit({.passed = false, .differs = {}, .intruders = {"env CC"}, .notes = {}});
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.verdict, Verdict::invalid);
  EXPECT_EQ(result.reason, VerdictReason::confounded);
  EXPECT_EQ(result.stop, Stop::audit);
  EXPECT_EQ(result.decision_reason, DecisionReason::confounded);
  EXPECT_EQ(result.audit.intruders, (std::vector<std::string>{"env CC"}));
}

TEST(AttemptEnd, ByTheAuditComesBeforeTheFirstBlock) {
  AttemptAnalysis analysis(simple_plan());
  analysis.set_audit({.passed = false, .differs = {}, .intruders = {"env CC"}, .notes = {}});
  EXPECT_TRUE(analysis.finished());
  EXPECT_EQ(analysis.blocks_to_next_look(0), 0);
}

TEST(AttemptReplay, OfTheSameBlocksGivesTheSameResult) {
  const Truth truth{.log_ratio = -0.03, .noise = 0.03};
  EXPECT_EQ(result_of(simple_plan(), truth), result_of(simple_plan(), truth));
}

TEST(AttemptReplay, FromTheJournalInTwoPartsEqualsOneGo) {
  const Plan plan = simple_plan();
  const auto make = [&](int number) {
    Block block = drawn_block(plan, number, {.log_ratio = -0.03, .noise = 0.03});
    if (number == 3)
      block.trials[0] = [&] {
        Trial trial = failed(CheckFailed{"same page", "got \xff"});
        trial.arm = block.trials[0].arm;
        return trial;
      }();
    return block;
  };
  const AttemptResult one_go = result_of(plan, make);
  AttemptAnalysis resumed(plan);
  feed(
      resumed, [&](int number) { return formats::parse_block(formats::block_json(make(number))); }, 17);
  EXPECT_FALSE(resumed.finished());
  for (int number = 18; !resumed.finished(); ++number) resumed.add(make(number));
  EXPECT_EQ(resumed.result(), one_go);
}

TEST(AttemptReplay, DoesNotDependOnTheOrderInWhichBlocksEnd) {
  const Plan plan = simple_plan();
  const auto make = [&](int number) { return drawn_block(plan, number, {.log_ratio = -0.03, .noise = 0.03}); };
  const AttemptResult in_order = result_of(plan, make, 40);
  AttemptAnalysis analysis(plan);
  for (int pair = 1; pair <= 39 && !analysis.finished(); pair += 2) {
    analysis.add(make(pair + 1));
    analysis.add(make(pair));
  }
  // A block that ended before its turn may have been measured without need; all else is the same.
  AttemptResult result = analysis.result();
  EXPECT_LE(result.blocks - in_order.blocks, 1);
  EXPECT_EQ(result.comparisons, in_order.comparisons);
}

}  // namespace attempt_end_tests
}  // namespace assay::decide
