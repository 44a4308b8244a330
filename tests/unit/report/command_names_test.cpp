#include "experiments/report/command_names.hpp"

#include <gtest/gtest.h>

#include "experiments/report/text.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::report {
namespace command_names_tests {

Plan plan_of(const Argv& control, const Argv& treatment) {
  Plan plan = example_plan();
  plan.variable = {
      VariableKind::command, "", {{"control", CommandLevel{control}}, {"treatment", CommandLevel{treatment}}}};
  plan.workloads.resize(1);
  return plan;
}

std::string treatment_in(const Plan& plan) {
  AttemptResult result;
  result.comparisons = {example_comparison()};
  result.comparisons[0].control = named_arm(plan, 0);
  result.comparisons[0].treatment = named_arm(plan, 1);
  return named_by_commands(result, plan).comparisons[0].treatment.label;
}

TEST(CommandNames, AreShortCommands) {
  EXPECT_EQ(treatment_in(plan_of({"gzip", "-1"}, {"gzip", "-6"})), "`gzip -6`");
  EXPECT_EQ(treatment_in(plan_of({"./a"}, {"./b"})), "./b");
}

TEST(CommandNames, AreNotThoseThatFillTheSentence) {
  const Plan plan = plan_of({"gzip"}, {"gzip", "--best", "--keep", "a-file-with-a-long-name"});
  EXPECT_EQ(treatment_in(plan), "treatment");
  EXPECT_EQ(long_commands(plan), "control: gzip\ntreatment: gzip --best --keep a-file-with-a-long-name\n");
}

TEST(CommandNames, AreNotThoseOfOneCommandTwice) {
  const Plan plan = plan_of({"true"}, {"true"});
  EXPECT_EQ(treatment_in(plan), "treatment");
  EXPECT_EQ(long_commands(plan), "");
  EXPECT_TRUE(compares_with_itself(plan));
}

TEST(CommandNames, GiveWayToThoseOfTheUser) {
  Plan plan = plan_of({"gzip", "-1"}, {"gzip", "-6"});
  plan.variable.levels[1].label = "best";
  EXPECT_EQ(treatment_in(plan), "best");
}

TEST(CommandNames, OfOneCommandTwiceRegressNothing) {
  TextStyle style;
  style.equal_arms = true;
  Comparison comparison = example_comparison();
  comparison.verdict = Verdict::regressed;
  comparison.decision = Decision::discard;
  const std::string sentence = result_sentence(comparison, style);
  EXPECT_EQ(sentence.find("discard"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("a difference was claimed although both arms are the same"), std::string::npos) << sentence;
}

}  // namespace command_names_tests
}  // namespace assay::report
