#include "experiments/planning/self_comparison.hpp"

#include <gtest/gtest.h>

#include "experiments/planning/aa_result.hpp"
#include "tests/support/message_of.hpp"

namespace assay::planning {
namespace self_comparison_tests {

using definition::Definition;

Definition definition_with(VariableKind kind, std::string name, LevelValue control, LevelValue treatment) {
  Definition definition;
  definition.variable = {kind, std::move(name), {{"control", std::move(control)}, {"treatment", std::move(treatment)}}};
  definition.workloads.resize(1);
  definition.workloads[0].name = "work";
  definition.workloads[0].command = {"deploy", "--mode={mode}"};
  definition.states = {{"warm", 1}};
  Metric metric = *find_built_in_metric("wall");
  metric.role = MetricRole::primary;
  metric.margin = Percent{3};
  definition.metrics = {metric};
  return definition;
}

Argv planted_command(const Definition& definition) {
  using std::chrono::milliseconds;
  return with_planted_delay(definition, {.treatment = milliseconds(12)}).workloads[0].command;
}

TEST(PlantedDelay, RunsTheFirstWorkloadAlone) {
  Definition definition = definition_with(VariableKind::argument, "mode", ArgumentLevel{"slow"}, ArgumentLevel{"fast"});
  definition.workloads.push_back(definition.workloads.front());
  definition.workloads.back().name = "more";
  for (Workload& workload : definition.workloads) workload.states = {"warm"};
  definition.protocol.side_by_side = true;
  const Definition planted = with_planted_delay(definition, {});
  EXPECT_EQ(planted.workloads.size(), 1U);
  EXPECT_FALSE(planted.protocol.side_by_side);
  EXPECT_TRUE(control_against_itself(definition).protocol.side_by_side);  // it keeps both workloads
}

TEST(ControlAgainstItself, HasControlInBothArmsAndNoSimulatedShift) {
  Definition definition =
      definition_with(VariableKind::env, "FAST", EnvironmentLevel{}, EnvironmentLevel{std::string("1")});
  definition.simulation.emplace();
  definition.simulation->shift = Percent{-20};
  definition.variable.reached = MetricCondition{"wall", Comparator::at_most, 1, "wall <= 1"};
  const Definition same = control_against_itself(definition);
  EXPECT_EQ(same.variable.levels[0].value, same.variable.levels[1].value);
  EXPECT_NE(same.variable.levels[0].label, same.variable.levels[1].label);
  EXPECT_EQ(same.simulation->shift, Percent{0});
  EXPECT_FALSE(same.variable.reached);
}

TEST(PlantedDelay, DiffersInTheDelayAlone) {
  const Definition planted =
      with_planted_delay(definition_with(VariableKind::command, "", CommandLevel{{"true"}}, CommandLevel{{"false"}}),
                         {.treatment = std::chrono::milliseconds(12)});
  EXPECT_EQ(planted.variable.kind, VariableKind::argument);
  EXPECT_EQ(planted.variable.levels[0].value, LevelValue(ArgumentLevel{"0.000000"}));
  EXPECT_EQ(planted.variable.levels[1].value, LevelValue(ArgumentLevel{"0.012000"}));
  EXPECT_EQ(planted.workloads[0].command, (Argv{"sh", "-c", "sleep \"$0\" && exec \"$@\"", "{planted_delay}", "true"}));
}

TEST(PlantedDelay, IsFoundInWallWhateverTheMetricIsCalled) {
  Definition definition = definition_with(VariableKind::command, "", CommandLevel{{"true"}}, CommandLevel{{"false"}});
  definition.metrics[0].name = "latency";
  EXPECT_EQ(with_planted_delay(definition, {}).metrics[0].name, "latency");
  definition.metrics[0].name = "wall";
  definition.metrics[0].source = JsonSource{"/wall"};
  EXPECT_THROW((void)with_planted_delay(definition, {}), Error);
}

TEST(PlantedDelay, WritesControlsLevelIntoTheCommand) {
  const auto tail_of = [](const Argv& argv) { return Argv(argv.begin() + 4, argv.end()); };
  EXPECT_EQ(tail_of(planted_command(
                definition_with(VariableKind::argument, "mode", ArgumentLevel{"slow"}, ArgumentLevel{"fast"}))),
            (Argv{"deploy", "--mode=slow"}));
  EXPECT_EQ(tail_of(planted_command(definition_with(VariableKind::env, "FAST", EnvironmentLevel{std::string("no")},
                                                    EnvironmentLevel{std::string("1")}))),
            (Argv{"env", "FAST=no", "deploy", "--mode={mode}"}));
  EXPECT_EQ(tail_of(planted_command(
                definition_with(VariableKind::env, "FAST", EnvironmentLevel{}, EnvironmentLevel{std::string("1")}))),
            (Argv{"env", "-u", "FAST", "deploy", "--mode={mode}"}));
}

TEST(PlantedDelay, IsRefusedWhereWallIsNotPrimary) {
  Definition definition = definition_with(VariableKind::command, "", CommandLevel{{"true"}}, CommandLevel{{"true"}});
  definition.metrics = {*find_built_in_metric("max_rss")};
  definition.metrics[0].role = MetricRole::primary;
  EXPECT_EQ(test::message_of([&] { (void)with_planted_delay(definition, {}); }),
            "a delay can only be found in wall, and the primary metric is max_rss");
}

TEST(PlantedDelay, TakesAControlThatCanBeWrittenAsOneCommand) {
  const auto variable_of = [](LevelValue control) {
    Variable variable;
    variable.levels = {{"control", std::move(control)}};
    return variable;
  };
  EXPECT_TRUE(is_one_command(variable_of(CommandLevel{{"true"}})));
  EXPECT_TRUE(is_one_command(variable_of(ArgumentLevel{"slow"})));
  EXPECT_TRUE(is_one_command(variable_of(EnvironmentLevel{})));
  EXPECT_FALSE(is_one_command(variable_of(SourceLevel{})));
  EXPECT_FALSE(is_one_command(variable_of(SettingsLevel{})));
}

decide::JudgedAttempt attempt_with(Verdict verdict, Interval interval) {
  decide::JudgedAttempt attempt;
  attempt.plan.metrics.resize(1);
  attempt.result.verdict = verdict;
  attempt.result.comparisons.resize(1);
  MetricResult metric;
  metric.effect.emplace().interval = interval;
  attempt.result.comparisons[0].metrics = {metric};
  return attempt;
}

TEST(SelfComparison, IsProvenOnlyWhereThePlantedEffectWasFound) {
  const decide::JudgedAttempt same = attempt_with(Verdict::equivalent, {-0.01, 0.01});
  const SelfComparison alone{.same = same, .planted = std::nullopt};
  EXPECT_TRUE(has_passed(alone));
  EXPECT_FALSE(equivalence_is_proven(alone));
  const SelfComparison missed{.same = same, .planted = attempt_with(Verdict::inconclusive, {-0.01, 0.05})};
  EXPECT_FALSE(has_passed(missed));
  EXPECT_FALSE(equivalence_is_proven(missed));
  const SelfComparison found{.same = same, .planted = attempt_with(Verdict::regressed, {0.01, 0.05})};
  EXPECT_TRUE(has_passed(found));
  EXPECT_TRUE(equivalence_is_proven(found));
}

TEST(SelfComparison, FailsWhereADifferenceIsClaimedOrATrialWasInvalid) {
  for (const Verdict verdict : {Verdict::improved, Verdict::regressed, Verdict::invalid}) {
    EXPECT_FALSE(has_passed({.same = attempt_with(verdict, {}), .planted = std::nullopt}));
  }
  EXPECT_TRUE(has_passed({.same = attempt_with(Verdict::inconclusive, {}), .planted = std::nullopt}));
}

}  // namespace self_comparison_tests
}  // namespace assay::planning
