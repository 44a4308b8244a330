#include "experiments/trial/arm_setup.hpp"

#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"
#include "experiments/trial/audit/fingerprint.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::trial {
namespace arm_setup_tests {

using test::argument_variable;
using test::command_variable;
using test::environment_variable;
using test::small_plan;

const SessionResources kResources{
    {{"/tmp/arm-aaaaaa", 40000}, {"/tmp/arm-bbbbbb", 40001}}, "/tmp/tmp", "/run/lock/assay"};

TEST(Materialise, SetsAnEnvironmentVariableInTheArmThatHasIt) {
  const auto arms = materialise(small_plan(environment_variable("FAST")), 0, kResources);
  EXPECT_FALSE(arms[0].environment.contains("FAST"));
  EXPECT_EQ(arms[1].environment.at("FAST"), "1");
}

TEST(Materialise, ReplacesEveryOccurrenceOfAnArgument) {
  const Plan plan = small_plan(argument_variable("n", "1", "{n}"), {"work", "-j{n}", "{n},{n}"});
  const auto arms = materialise(plan, 0, kResources);
  EXPECT_EQ(arms[0].argv, (Argv{"work", "-j1", "1,1"}));
  EXPECT_EQ(arms[1].argv, (Argv{"work", "-j{n}", "{n},{n}"}));  // what was put in is not replaced again
}

TEST(Materialise, PutsACommandInPlaceOfTheWorkloads) {
  const auto arms = materialise(small_plan(command_variable({"one"}, {"two", "x"})), 0, kResources);
  EXPECT_EQ(arms[0].argv, (Argv{"one"}));
  EXPECT_EQ(arms[1].argv, (Argv{"two", "x"}));
}

TEST(Materialise, GivesAllArmsEnvironmentsOfEqualLength) {
  Variable variable = environment_variable("MODE");
  variable.levels[1].value = EnvironmentLevel{std::string(300, 'm')};
  const auto arms = materialise(small_plan(variable), 0, kResources);
  EXPECT_EQ(arms[0].environment.size(), arms[1].environment.size());
  EXPECT_EQ(environment_bytes(arms[0].environment), environment_bytes(arms[1].environment));
}

TEST(Materialise, GivesArmsWhoseValuesDifferInLengthEnvironmentsOfEqualLength) {
  Variable variable = environment_variable("MODE");
  variable.levels[0].value = EnvironmentLevel{"a longer value"};
  const auto arms = materialise(small_plan(variable), 0, kResources);
  EXPECT_EQ(environment_bytes(arms[0].environment), environment_bytes(arms[1].environment));
  EXPECT_EQ(arms[0].environment.at("ASSAY_PADDING"), "");
}

TEST(Materialise, GivesEachArmItsOwnFolderAndPort) {
  const auto arms = materialise(small_plan(environment_variable("FAST")), 0, kResources);
  EXPECT_EQ(arms[0].environment.at("ASSAY_ARM_DIR"), "/tmp/arm-aaaaaa");
  EXPECT_EQ(arms[1].environment.at("ASSAY_PORT"), "40001");
  EXPECT_TRUE(arms[1].own_variables.contains("ASSAY_PORT"));
}

Plan plan_with_spans(const Variable& variable) {
  Plan plan = small_plan(variable);
  Metric requests;
  requests.name = "requests";
  requests.source = SpanSource{SpanFigure::count, "request"};
  plan.metrics.push_back(requests);
  return plan;
}

TEST(Materialise, OffersSpansInAllArmsWhereTheyAreRead) {
  SessionResources resources = kResources;
  resources.spans_file = "/tmp/spans";
  resources.tools = "/tmp/tools";
  Plan plan = plan_with_spans(environment_variable("FAST"));
  plan.environment["PATH"] = "/usr/bin";
  for (const ArmSetup& arm : materialise(plan, 0, resources)) {
    EXPECT_EQ(arm.environment.at("ASSAY_SPANS"), "/tmp/spans");
    EXPECT_TRUE(arm.own_variables.contains("ASSAY_SPANS"));
    EXPECT_EQ(arm.environment.at("PATH"), "/tmp/tools:/usr/bin");
  }
  plan.metrics.pop_back();
  EXPECT_FALSE(materialise(plan, 0, resources)[0].environment.contains("ASSAY_SPANS"));
  EXPECT_EQ(materialise(plan, 0, resources)[0].environment.at("PATH"), "/usr/bin");
}

TEST(Materialise, PutsItsToolsBeforeAPathThatTheVariableSets) {
  SessionResources resources = kResources;
  resources.tools = "/tmp/tools";
  Variable variable = environment_variable("PATH");
  variable.levels[1].value = EnvironmentLevel{"/opt/bin"};
  const auto arms = materialise(plan_with_spans(variable), 0, resources);
  EXPECT_FALSE(arms[0].environment.contains("PATH"));
  EXPECT_EQ(arms[1].environment.at("PATH"), "/tmp/tools:/opt/bin");
  EXPECT_EQ(declared_parts(arms[1]).parts.at({PartKind::environment, "PATH"}), host::sha256("PATH=/opt/bin"));
}

TEST(Materialise, LeavesATemporaryFolderThatTheWorkloadSets) {
  Plan plan = small_plan(environment_variable("FAST"));
  plan.workloads[0].set["TMPDIR"] = "/var/tmp";
  const auto arms = materialise(plan, 0, kResources);
  EXPECT_EQ(arms[0].environment.at("TMPDIR"), "/var/tmp");
  EXPECT_FALSE(arms[0].own_variables.contains("TMPDIR"));
}

TEST(Materialise, StartsRelativePathsAtThePlansFolder) {
  Plan plan = small_plan(environment_variable("FAST"));
  plan.folder = "/srv/lab";
  plan.workloads[0].working_directory = "deploy/../recipes";
  plan.workloads[0].standard_input = "words.txt";
  const auto arms = materialise(plan, 0, kResources);
  EXPECT_EQ(arms[0].working_directory, "/srv/lab/recipes");
  EXPECT_EQ(arms[0].standard_input, "/srv/lab/words.txt");
}

TEST(Padded, AddsThatManyBytes) {
  const auto arms = materialise(small_plan(environment_variable("FAST")), 0, kResources);
  EXPECT_EQ(environment_bytes(padded(arms[1].environment, 123)), environment_bytes(arms[1].environment) + 123);
}

}  // namespace arm_setup_tests
}  // namespace assay::trial
