#include "experiments/report/text.hpp"

#include <gtest/gtest.h>

#include "tests/unit/report/example_text.hpp"

namespace assay::report {
namespace text_tests {

TEST(Text, OfAnImprovementAtEightyColumns) {
  EXPECT_EQ(text_of(example_plan(), example_result(example_comparison())),
            R"(treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: improved -> keep

  wall        median +- MAD      mean +- sd   n  failed
  control    41.3 +- 0.4 ms  41.5 +- 0.8 ms  24       0
  treatment  34.1 +- 0.3 ms  34.3 +- 0.7 ms  24       0

  control                                             |-------[=|====]---------|
  treatment  |-----[=|===]-------|
             32.8 ms                                                     43.8 ms

24 of at most 200 blocks, stopped at the boundary; margin 3 %; p = 0.0004
behind the keep: nothing compares what trials print or write, no check
)");
}

TEST(Text, OfAnInconclusiveResultEndsWithWhatMoreWouldCost) {
  AttemptResult result = noisy_result();
  result.advice = {6.0, 337, 725.0};
  const std::string text = text_of(example_plan(), result);
  EXPECT_TRUE(holds(text, "why: too noisy to tell: no effect and effects beyond the margin are both\n  possible\n"));
  EXPECT_TRUE(text.ends_with(
      "wall: 200 blocks would have found an effect of 6 % or more; to find 3 % takes about 340 blocks, 12 min: assay "
      "run poll.toml\n"))
      << text;
}

TEST(Text, AdviceWithoutAPaceNamesNoTime) {
  AttemptResult result = noisy_result();
  result.advice = {0.45, 1201, std::nullopt};
  EXPECT_TRUE(
      text_of(example_plan(), result)
          .ends_with("an effect of 0.45 % or more; to find 3 % takes about 1300 blocks: assay run poll.toml\n"));
}

TEST(Text, AdviceThatNoAttemptMayFollowSaysWhatElseHelps) {
  AttemptResult result = noisy_result();
  result.advice = {78.0, 36000, 90000.0};
  EXPECT_TRUE(
      holds(text_of(example_plan(), result),
            "to find 3 % takes about 36000 blocks, more than the 10000 that an attempt may have: longer trials, "
            "or several of them in a block (inner), need fewer"))
      << text_of(example_plan(), result);
}

TEST(Text, AdviceWaitsForTheFirstLook) {
  AttemptResult result = noisy_result();
  result.advice = {56.0, 337, 725.0};
  result.comparisons.front().blocks = 4;
  EXPECT_FALSE(holds(text_of(example_plan(), result), "would have found"));
}

TEST(Text, OfAnAttemptOfTheOldestRulesGivesAdviceAsItDid) {
  AttemptResult result = noisy_result();
  result.advice = {6.0, 337, 725.0};
  TextStyle style;
  style.rules = kOldestRules;
  EXPECT_TRUE(text_of(example_plan(), result, style)
                  .ends_with("\nthis shows 6 % or more; 3 % needs about 340 blocks, 12 min: assay run poll.toml\n"));
}

TEST(Text, OfAnAttemptThatRanOutOfTimeBlamesNoNoise) {
  AttemptResult result = noisy_result();
  result.stop = Stop::time;
  result.comparisons.front().stop = Stop::time;
  result.comparisons.front().blocks = 2;
  TextStyle style;
  style.explains = true;
  const std::string text = text_of(example_plan(), result, style);
  EXPECT_TRUE(holds(text, "why: the time ran out after 2 blocks; 6 or more can decide\n")) << text;
  EXPECT_FALSE(holds(text, "noisy"));
}

TEST(Text, OfAnInterruptedAttemptGivesNoReason) {
  AttemptResult result = noisy_result();
  result.stop = Stop::interrupted;
  result.comparisons.front().stop = Stop::interrupted;
  result.comparisons.front().blocks = 4;
  TextStyle style;
  style.explains = true;
  style.early_end = EarlyEnd::interrupted;
  const std::string text = text_of(example_plan(), result, style);
  EXPECT_FALSE(holds(text, "why:")) << text;
  EXPECT_FALSE(holds(text, "undecided")) << text;
  EXPECT_TRUE(holds(text, "4 of at most 200 blocks, interrupted before the end; margin 3 %\n")) << text;
}

TEST(Text, NamesTheLevelThatAnOpenPMisses) {
  AttemptResult result = noisy_result();
  MetricResult& primary = result.comparisons.front().metrics.front();
  primary.effect->p = 0.04;
  primary.effect->confidence = 0.99;
  EXPECT_TRUE(holds(text_of(example_plan(), result), "; p = 0.04, and 0.01 or\n  less was needed\n"))
      << text_of(example_plan(), result);
}

TEST(Text, ShowsNoPThatARuleOverruled) {
  AttemptResult result = noisy_result();
  result.comparisons.front().reason = VerdictReason::one_order;
  result.comparisons.front().metrics.front().effect->p = 0.0004;
  EXPECT_FALSE(holds(text_of(example_plan(), result), "p = "));
}

TEST(Text, AdviceThatKnowsNoBlockCountNamesNoCommand) {
  AttemptResult result = noisy_result();
  result.advice = {120.0, std::nullopt, std::nullopt};
  EXPECT_TRUE(text_of(example_plan(), result).ends_with("would have found an effect of 120 % or more\n"));
}

TEST(Text, SaysWhereNoNumberOfBlocksHelpsAndWhatDoes) {
  AttemptResult result = noisy_result();
  result.advice.detectable_percent = 5.9;
  result.advice.step_percent = 3.4;
  EXPECT_TRUE(text_of(example_plan(), result).ends_with(R"(have found an effect of 5.9 % or more
no number of blocks shows 3 %: the values move in steps of 3.4 %; a finer clock
  or longer trials are needed
)"));
}

TEST(Text, OfADecidedResultGivesNoAdvice) {
  AttemptResult result = example_result(example_comparison());
  result.advice = {6.0, 337, 725.0};
  EXPECT_FALSE(holds(text_of(example_plan(), result), "would have found"));
}

TEST(Text, SaysThatTheMarginIsTheDefault) {
  Plan plan = example_plan();
  plan.metrics[0].margin_is_default = true;
  EXPECT_TRUE(holds(text_of(plan, example_result(example_comparison())), "margin 3 % (default)"));
}

TEST(Text, SaysThatAnExploratoryResultIsNotRecorded) {
  Plan plan = example_plan();
  plan.exploratory = true;
  EXPECT_TRUE(text_of(plan, example_result(example_comparison())).ends_with("exploratory: no decision recorded\n"));
}

TEST(Text, LabelsControlAgainstItself) {
  AttemptResult result = noisy_result();
  result.audit.notes = {"both arms are the same: an A/A comparison"};  // as the audit has it
  EXPECT_TRUE(holds(text_of(example_plan(), result), "note: both arms are the same: an A/A comparison\n"));
}

TEST(Text, ColoursOnlyWhereAsked) {
  TextStyle style;
  EXPECT_FALSE(holds(text_of(example_plan(), noisy_result(), style), "\x1b"));
  style.colour = true;
  EXPECT_TRUE(holds(text_of(example_plan(), noisy_result(), style), "\x1b[33minconclusive\x1b[0m"));
}

TEST(Text, OfAnAttemptWithoutAnyComparisonGivesItsVerdict) {
  AttemptResult result;
  result.verdict = Verdict::invalid;
  result.audit = {false, {}, {"treatment also differs in env PATH"}, {}};
  EXPECT_EQ(text_of(example_plan(), result),
            "overall: invalid -> undecided\n\naudit: treatment also differs in env PATH\n");
}

}  // namespace text_tests
}  // namespace assay::report
