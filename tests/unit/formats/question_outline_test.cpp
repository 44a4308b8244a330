#include "experiments/formats/plan/question_outline.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_plan.hpp"

namespace assay::formats {
namespace question_outline_tests {

using test::argument_variable;
using test::command_variable;
using test::environment_variable;
using test::small_plan;

QuestionOutline outline(const Plan& plan) {
  return question_outlines(plan).at(0);
}

const QuestionOutline kFast = outline(small_plan(environment_variable("FAST"), {"./work.sh"}));

TEST(QuestionOutlines, PutsWhatDiffersApartFromWhatIsRun) {
  EXPECT_EQ(kFast.levels, R"({"set":{"FAST":[null,"1"]}})");
  EXPECT_EQ(kFast.command, Argv{"./work.sh"});
}

TEST(QuestionOutlines, AreTheSameForAVariableThatAWrapperSets) {
  EXPECT_EQ(outline(small_plan(command_variable({"./work.sh"}, {"env", "FAST=1", "./work.sh"}))), kFast);
  EXPECT_EQ(outline(small_plan(environment_variable("FAST"), {"nice", "sh", "-c", "./work.sh"})), kFast);
  EXPECT_EQ(outline(small_plan(environment_variable("FAST"), {"././work.sh"})), kFast);
}

TEST(QuestionOutlines, AreTheSameForAnArgumentAndAWholeCommand) {
  EXPECT_EQ(outline(small_plan(argument_variable("n", "1", "2"), {"./work.sh", "--jobs={n}", "x"})),
            outline(small_plan(command_variable({"./work.sh", "--jobs=1", "x"}, {"./work.sh", "--jobs=2", "x"}))));
}

TEST(QuestionOutlines, HoldWordsThatOnlyOneArmHas) {
  const QuestionOutline longer = outline(small_plan(command_variable({"./work", "x"}, {"./work", "-O", "x"})));
  EXPECT_EQ(longer.levels, R"({"words":[[[],["-O"]]]})");
  EXPECT_EQ(longer.command, (Argv{"./work", "{}", "x"}));
}

TEST(QuestionOutlines, PassOverSettingsOfBothArms) {
  Plan plan = small_plan(environment_variable("FAST"), {"./work.sh"});
  plan.workloads[0].set = {{"X", "1"}};
  EXPECT_EQ(outline(plan), kFast);
}

TEST(QuestionOutlines, DistinguishTreesAndHooks) {
  Variable revisions{VariableKind::revision, "", {}};
  revisions.levels = {{"main", SourceLevel{"main", {}, "c1", "t1"}}, {"HEAD", SourceLevel{"HEAD", {}, "c2", "t2"}}};
  const QuestionOutline one = outline(small_plan(revisions, {"make", "bench"}));
  EXPECT_EQ(one.treatment_tree, "t2");
  std::get<SourceLevel>(revisions.levels[1].value).tree = "t3";
  EXPECT_NE(outline(small_plan(revisions, {"make", "bench"})).levels, one.levels);

  Plan plan = small_plan(environment_variable("FAST"), {"./work.sh"});
  plan.workloads[0].hooks.prepare = {"true"};
  EXPECT_EQ(outline(plan).hooks, std::vector<std::string>{"prepare: true"});
}

TEST(QuestionOutlines, AreNoneIfTreatmentIsControl) {
  EXPECT_TRUE(question_outlines(small_plan(command_variable({"./work"}, {"nice", "./work"}))).empty());
}

TEST(QuestionOutlines, AreOneForEachWorkloadAndTreatment) {
  Plan plan = small_plan(argument_variable("n", "1", "2"), {"./work", "{n}"});
  plan.variable.levels.push_back({"four", ArgumentLevel{"4"}});
  plan.workloads.push_back(plan.workloads[0]);
  plan.workloads[1].command = {"./other", "{n}"};
  EXPECT_EQ(question_outlines(plan).size(), 4U);
  plan.workloads[1].command = plan.workloads[0].command;
  EXPECT_EQ(question_outlines(plan).size(), 2U);
}

}  // namespace question_outline_tests
}  // namespace assay::formats
