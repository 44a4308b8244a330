#include <string>

#include <gtest/gtest.h>

#include "experiments/definition/definition.hpp"
#include "tests/support/message_of.hpp"

namespace assay::definition {
namespace check_definition_tests {

/// As `compare` would make it from flags, without any file.
Definition two_commands() {
  Definition definition;
  definition.id = "compare";
  definition.hypothesis = "the second command is faster";
  definition.variable = {
      VariableKind::command, "", {{"control", CommandLevel{{"./old"}}}, {"treatment", CommandLevel{{"./new"}}}}};
  definition.workloads.resize(1);
  definition.workloads[0].name = "command";
  definition.states.resize(1);
  definition.metrics = {*find_built_in_metric("wall")};
  definition.metrics[0].role = MetricRole::primary;
  definition.metrics[0].margin = Percent{3};
  return definition;
}

std::string message_for(const Definition& definition) {
  return test::message_of([&] { check_definition(definition); });
}

TEST(CheckDefinition, AcceptsWhatFlagsGive) {
  EXPECT_EQ(message_for(two_commands()), "");
}

TEST(CheckDefinition, AcceptsControlAgainstItself) {
  Definition definition = two_commands();
  definition.variable.levels[1].value = definition.variable.levels[0].value;
  EXPECT_EQ(message_for(definition), "");
}

TEST(CheckDefinition, NamesWhatIsWrongWithoutAFile) {
  Definition definition = two_commands();
  definition.metrics[0].margin.reset();
  EXPECT_EQ(message_for(definition),
            "metric \"wall\" is primary, so it needs a margin: the smallest change worth acting on, for example margin "
            "= \"3%\"");
}

TEST(CheckDefinition, RefusesAWorkloadInAStateThatIsNotThere) {
  Definition definition = two_commands();
  definition.states[0].name = "idle";
  EXPECT_EQ(message_for(definition),
            "workload \"command\" names the state \"warm\", which is not declared: add a table [state.NAME]");
}

TEST(CheckDefinition, RefusesNoWorkloadAndOneLevel) {
  Definition definition = two_commands();
  definition.workloads.clear();
  EXPECT_EQ(message_for(definition), "there is no workload: nothing would be run");
  definition = two_commands();
  definition.variable.levels.pop_back();
  EXPECT_EQ(message_for(definition), "a variable needs two levels, control and treatment");
}

TEST(CheckDefinition, RefusesNumbersOutOfRange) {
  Definition definition = two_commands();
  definition.protocol.alpha = 0;
  EXPECT_EQ(message_for(definition), "alpha = 0: expected a number from 1e-12 to 0.4");
  definition = two_commands();
  definition.protocol.min_blocks = 20;
  definition.protocol.max_blocks = 10;
  EXPECT_EQ(message_for(definition), "the first look (min_blocks = 20) lies beyond the cap (max_blocks = 10)");
}

TEST(CheckDefinition, RefusesABuiltInMetricThatIsNotMeasured) {
  Definition definition = two_commands();
  definition.metrics[0].source = BuiltInSource{"walk"};
  EXPECT_EQ(message_for(definition), "metric \"wall\": assay itself measures no \"walk\"");
}

TEST(CheckDefinition, RefusesAPatternThatCouldExhaustTheStack) {
  Definition definition = two_commands();
  definition.metrics[0].source = RegexSource{std::string(100'000, '(')};
  EXPECT_EQ(message_for(definition), "metric \"wall\": the expression has more than 1000 characters");
}

TEST(CheckDefinition, RefusesAPatternThatExplodes) {
  Definition definition = two_commands();
  definition.metrics[0].source = RegexSource{"((a{1000}){1000}){1000}"};
  EXPECT_NE(message_for(definition).find("is not a regular expression"), std::string::npos);
}

}  // namespace check_definition_tests
}  // namespace assay::definition
