#include "core/text/arm_command.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace arm_command_tests {

/// env READY_MODE: sleep -> poll.
Plan deploy_plan() {
  Plan plan;
  plan.variable = {VariableKind::env,
                   "READY_MODE",
                   {{"control", EnvironmentLevel{"sleep"}}, {"treatment", EnvironmentLevel{"poll"}}}};
  plan.workloads.resize(1);
  plan.workloads[0].command = {"./deploy.sh", "custom html"};
  return plan;
}

const Cell kOnlyCell{0, 0};

TEST(ArmCommand, ShowsTheEnvironmentBeforeTheCommand) {
  EXPECT_EQ(arm_command(deploy_plan(), kOnlyCell, 1), "READY_MODE=poll ./deploy.sh 'custom html'");
}

TEST(ArmCommand, ShowsThatAVariableIsAbsent) {
  Plan plan = deploy_plan();
  plan.variable.levels[0].value = EnvironmentLevel{};
  EXPECT_EQ(arm_command(plan, kOnlyCell, 0), "env -u READY_MODE ./deploy.sh 'custom html'");
}

TEST(ArmCommand, PutsTheArgumentWhereItStands) {
  Plan plan = deploy_plan();
  plan.variable = {
      VariableKind::argument, "jobs", {{"control", ArgumentLevel{"1"}}, {"treatment", ArgumentLevel{"4"}}}};
  plan.workloads[0].command = {"make", "-j{jobs}", "{jobs}x{jobs}"};
  EXPECT_EQ(arm_command(plan, kOnlyCell, 1), "make -j4 4x4");
}

TEST(ArmCommand, QuotesSoThatAShellReadsTheSameWords) {
  Plan plan = deploy_plan();
  plan.variable = {
      VariableKind::command, "", {{"a", CommandLevel{{"echo", "it's", "", "$HOME"}}}, {"b", CommandLevel{}}}};
  EXPECT_EQ(arm_command(plan, kOnlyCell, 0), "echo 'it'\\''s' '' '$HOME'");
}

}  // namespace arm_command_tests
}  // namespace assay
