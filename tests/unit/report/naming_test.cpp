#include "experiments/report/naming.hpp"

#include <gtest/gtest.h>

#include "tests/unit/report/example_results.hpp"

namespace assay::report {
namespace naming_tests {

const Cell kOnlyCell{0, 0};

TEST(ArmCommand, ShowsTheEnvironmentBeforeTheCommand) {
  EXPECT_EQ(arm_command(example_plan(), kOnlyCell, 1), "READY_MODE=poll ./deploy.sh 'custom html'");
}

TEST(ArmCommand, ShowsThatAVariableIsAbsent) {
  Plan plan = example_plan();
  plan.variable.levels[0].value = EnvironmentLevel{};
  EXPECT_EQ(arm_command(plan, kOnlyCell, 0), "env -u READY_MODE ./deploy.sh 'custom html'");
}

TEST(ArmCommand, PutsTheArgumentWhereItStands) {
  Plan plan = example_plan();
  plan.variable = {
      VariableKind::argument, "jobs", {{"control", ArgumentLevel{"1"}}, {"treatment", ArgumentLevel{"4"}}}};
  plan.workloads[0].command = {"make", "-j{jobs}", "{jobs}x{jobs}"};
  EXPECT_EQ(arm_command(plan, kOnlyCell, 1), "make -j4 4x4");
}

TEST(ArmCommand, QuotesSoThatAShellReadsTheSameWords) {
  Plan plan = example_plan();
  plan.variable = {
      VariableKind::command, "", {{"a", CommandLevel{{"echo", "it's", "", "$HOME"}}}, {"b", CommandLevel{}}}};
  EXPECT_EQ(arm_command(plan, kOnlyCell, 0), "echo 'it'\\''s' '' '$HOME'");
}

TEST(ArmName, IsTheLabelMadeSafe) {
  Plan plan = example_plan();
  plan.variable.levels[1].label = "new\x1b[2J";
  EXPECT_EQ(arm_name(plan, 1), "new\\x1b[2J");
  plan.variable.levels[1].label.clear();
  EXPECT_EQ(arm_name(plan, 1), "treatment");
}

TEST(CellTitle, IsEmptyWhereThereIsButOneCell) {
  Plan plan = example_plan();
  EXPECT_EQ(cell_title(plan, 0), "");
  add_workload(plan, "wiki");
  EXPECT_EQ(cell_title(plan, 1), "wiki");
}

}  // namespace naming_tests
}  // namespace assay::report
