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
  EXPECT_TRUE(text.ends_with("this shows 6 % or more; 3 % needs about 340 blocks, 12 min: assay run poll.toml\n"))
      << text;
}

TEST(Text, AdviceWithoutAPaceNamesNoTime) {
  AttemptResult result = noisy_result();
  result.advice = {0.45, 1201, std::nullopt};
  EXPECT_TRUE(text_of(example_plan(), result)
                  .ends_with("this shows 0.45 % or more; 3 % needs about 1300 blocks: assay run poll.toml\n"));
}

TEST(Text, AdviceThatKnowsNoBlockCountNamesNoCommand) {
  AttemptResult result = noisy_result();
  result.advice = {120.0, std::nullopt, std::nullopt};
  EXPECT_TRUE(text_of(example_plan(), result).ends_with("this shows 120 % or more\n"));
}

TEST(Text, SaysWhereNoNumberOfBlocksHelpsAndWhatDoes) {
  AttemptResult result = noisy_result();
  result.advice.detectable_percent = 5.9;
  result.advice.step_percent = 3.4;
  EXPECT_TRUE(text_of(example_plan(), result).ends_with(R"(this shows 5.9 % or more
no number of blocks shows 3 %: the values move in steps of 3.4 %; a finer clock
  or longer trials are needed
)"));
}

TEST(Text, OfADecidedResultGivesNoAdvice) {
  AttemptResult result = example_result(example_comparison());
  result.advice = {6.0, 337, 725.0};
  EXPECT_FALSE(holds(text_of(example_plan(), result), "this shows"));
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
