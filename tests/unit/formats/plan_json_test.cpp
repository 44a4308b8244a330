#include "experiments/formats/plan/plan_json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"
#include "experiments/design/freeze.hpp"
#include "tests/unit/formats/arbitrary.hpp"

namespace assay::formats {
namespace plan_json_tests {

std::string message_of(const std::string& json) {
  try {
    (void)parse_plan(json);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

Plan small_plan() {
  Plan plan;
  plan.id = "sort-locale";
  plan.variable = {
      VariableKind::env, "LC_ALL", {{"control", EnvironmentLevel{}}, {"treatment", EnvironmentLevel{"C"}}}};
  plan.states = {{"warm", 1}};
  plan.workloads.resize(1);
  plan.workloads[0].name = "sort";
  plan.metrics = {*find_built_in_metric("wall")};
  plan.metrics[0].role = MetricRole::primary;
  plan.metrics[0].margin = Percent{3};
  return plan;
}

RC_GTEST_PROP(PlanJson, ReadsBackWhatItWrote, ()) {
  const Plan plan = some_plan();
  RC_ASSERT(parse_plan(plan_json(plan)) == plan);
}

TEST(PlanJson, NeverHoldsTheValueOfASecret) {
  Plan plan = small_plan();
  plan.environment = {{"API_TOKEN", "hunter2"}, {"HOME", "/home/ada"}};
  plan.secrets = {{"API_TOKEN", "ab12"}};
  const std::string text = plan_json(plan);
  EXPECT_EQ(text.find("hunter2"), std::string::npos);
  EXPECT_NE(text.find("/home/ada"), std::string::npos);
}

TEST(PlanJson, IsTheSameWithAndWithoutTheSecretsAtHand) {
  Plan plan = small_plan();
  plan.environment = {{"API_TOKEN", "hunter2"}};
  plan.secrets = {{"API_TOKEN", "ab12"}};
  const std::string text = plan_json(plan);
  EXPECT_EQ(plan_json(parse_plan(text)), text);
}

TEST(PlanJson, NamesUnitsInItsKeys) {
  const std::string text = plan_json(small_plan());
  EXPECT_NE(text.find(R"("timeout_ns":3600000000000)"), std::string::npos);
  EXPECT_NE(text.find(R"("margin_percent":3)"), std::string::npos);
}

TEST(PlanJson, LeavesOutWhatCameLaterWhereItSaysNothing) {
  Plan plan = small_plan();
  plan.checks = {{"same page", SameOutputCheck{"page.html"}, {}}};
  const std::string text = plan_json(plan);
  for (const char* key : {"\"shares\"", "\"normalise\"", "\"evict\"", "\"reads_percent\"", "\"prove\""}) {
    EXPECT_EQ(text.find(key), std::string::npos) << key;
  }
}

TEST(PlanJson, KeepsAnAbsentVariableApartFromAnEmptyOne) {
  Plan plan = small_plan();
  plan.variable.levels[1].value = EnvironmentLevel{""};
  const Plan back = parse_plan(plan_json(plan));
  EXPECT_EQ(back.variable.levels[0].value, LevelValue(EnvironmentLevel{}));
  EXPECT_EQ(back.variable.levels[1].value, LevelValue(EnvironmentLevel{""}));
}

TEST(PlanJson, NamesThePlaceOfAMissingMember) {
  EXPECT_EQ(message_of(replaced(plan_json(small_plan()), R"("timeout_ns":3600000000000,)", "")),
            "/workloads/0: \"timeout_ns\" is missing");
}

TEST(PlanJson, NamesThePlaceOfAWrongType) {
  EXPECT_EQ(message_of(replaced(plan_json(small_plan()), R"("max_blocks":200)", R"("max_blocks":"many")")),
            "/protocol/max_blocks: expected an integer, not \"many\"");
}

TEST(PlanJson, ListsTheAcceptedNames) {
  EXPECT_EQ(message_of(replaced(plan_json(small_plan()), R"("goal":"improve")", R"("goal":"win")")),
            "/protocol/goal: expected one of \"improve\", \"not-worse\", not \"win\"");
}

TEST(PlanJson, RefusesAPlanOfANewerFormat) {
  EXPECT_NE(message_of(replaced(plan_json(small_plan()), R"("format":1)", R"("format":2)")).find("newer assay"),
            std::string::npos);
}

TEST(PlanJson, WithoutRulesFollowsTheOldestAndSaysOnlyNewerOnes) {
  Plan plan = small_plan();
  EXPECT_EQ(plan_json(plan).find("\"rules\""), std::string::npos);
  EXPECT_EQ(parse_plan(plan_json(plan)).rules, 1);
  plan.rules = 2;
  EXPECT_NE(plan_json(plan).find("\"rules\":2"), std::string::npos);
  EXPECT_EQ(parse_plan(plan_json(plan)), plan);
}

TEST(PlanJson, RefusesRulesThatItDoesNotKnow) {
  Plan plan = small_plan();
  plan.rules = kNewestRules + 1;
  EXPECT_NE(message_of(plan_json(plan)).find("newer assay"), std::string::npos);
}

TEST(PlanJson, RefusesAPlanWithoutPrimaryMetric) {
  EXPECT_EQ(message_of(replaced(plan_json(small_plan()), R"("role":"primary")", R"("role":"guard")")),
            "/metrics: exactly one metric is primary");
}

TEST(PlanJson, RefusesAStateThatIsNotThere) {
  EXPECT_EQ(message_of(replaced(plan_json(small_plan()), R"("states":["warm"])", R"("states":["cold"])")),
            "/workloads: the state \"cold\" is not among the states");
}

TEST(PlanJson, RefusesAVariableWithOneLevel) {
  EXPECT_EQ(message_of(replaced(plan_json(small_plan()), R"(,{"label":"treatment","value":"C"})", "")),
            "/variable/levels: a variable has two levels or more");
}

}  // namespace plan_json_tests
}  // namespace assay::formats
