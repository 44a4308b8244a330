#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "experiments/formats/result/result_json.hpp"
#include "tests/support/objection_to_result.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace result_schema_tests {

using nlohmann::json;

std::string objection_to(const AttemptResult& result) {
  return test::objection_to_result(formats::result_json(result));
}

TEST(ResultSchema, DescribesAnImprovementWithAGuard) {
  const Plan plan = guarded_plan(Percent{10});
  const AttemptResult result = result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.1}, 0, number);
    return block_of(plan, number, {measured({control, 1e6}), measured({treatment, 1e6 + number})});
  });
  EXPECT_EQ(objection_to(result), "");
}

TEST(ResultSchema, DescribesUnboundedEffectsAndFailedChecks) {
  const Plan plan = simple_plan();
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {failed(CheckFailed{"page", "differs"}), measured(1.0)});
  });
  EXPECT_EQ(objection_to(result), "");
}

TEST(ResultSchema, DescribesAnInconclusiveDifference) {
  Plan plan = simple_plan();
  plan.metrics[0].kind = MetricKind::difference;
  plan.protocol.max_blocks = 20;
  EXPECT_EQ(objection_to(result_of(plan, {.noise = 0.3})), "");
}

TEST(ResultSchema, DescribesASuite) {
  const Plan plan = plan_of_cells(2, ClaimRule::suite);
  const AttemptResult result = result_of_cells(
      plan, [&](std::size_t cell, int number) { return drawn_block(plan, number, {.log_ratio = -0.1}, cell); });
  EXPECT_EQ(objection_to(result), "");
}

TEST(ResultSchema, DescribesAChallengeWithAnInputOfTheChallengersOwn) {
  Plan plan = simple_plan();
  plan.variable.levels.push_back({"control again", CommandLevel{{"old"}}});
  plan.variable.levels.push_back({"control with a planted change", CommandLevel{{"old"}}});
  plan.workloads.push_back(plan.workloads.front());
  plan.workloads.back().name = "mine";
  plan.exploratory = true;
  plan.rules = kNewestRules;
  plan.protocol.max_blocks = 12;
  plan.challenge = ChallengeTerms{.claim = "c",
                                  .record = "",
                                  .number = 1,
                                  .metric = {"wall", "s", Direction::lower},
                                  .effect = ClaimedRatio{2},
                                  .planted_percent = 3,
                                  .own_workloads = {"mine"}};
  const AttemptResult result = result_of_cells(plan, [&](std::size_t cell, int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.7}, cell, number);
    return block_of(plan, number, {measured(control), measured(treatment), measured(control), measured(1.03 * control)},
                    cell);
  });
  ASSERT_TRUE(result.challenge.has_value());
  ASSERT_EQ(result.own_inputs.size(), 1U);
  EXPECT_EQ(objection_to(result), "");
}

TEST(ResultSchema, DescribesFailedTestsByTheirNames) {
  Plan plan = simple_plan();
  plan.checks = {{"no test lost", TestInventoryCheck{ReportFormat::junit, "junit.xml"}, {}}};
  const AttemptResult result = result_of(plan, [&](int number) {
    Block block = drawn_block(plan, number, {.log_ratio = -0.69});
    if (number > 1) return block;
    for (Trial& trial : block.trials) {
      trial.failed_tests = {"a"};
      trial.outcome = CheckFailed{"no test lost", "test a failed"};
      drop_values(trial, plan.metrics.size());
    }
    return block;
  });
  ASSERT_FALSE(result.comparisons[0].checks[0].tests.empty());
  EXPECT_EQ(objection_to(result), "");
}

TEST(ResultSchema, DescribesABudgetThatNothingMeasured) {
  Plan plan = simple_plan();
  plan.rules = kNewestRules;
  plan.budget = {.memory = Bytes{1 << 20}, .cpus = 2};
  const AttemptResult result = result_of(plan, {.log_ratio = -0.1});
  ASSERT_EQ(result.comparisons[0].budget.size(), 2U);
  EXPECT_EQ(objection_to(result), "");
}

TEST(ResultSchema, DescribesSeveralTrialsOfABlock) {
  AttemptResult result = result_of(simple_plan(), {.log_ratio = -0.1});
  result.protocol.inner = 3;
  EXPECT_EQ(formats::result_json(result)["inner"], (json{{"trials", 3}, {"statistic", "median"}}));
  EXPECT_EQ(objection_to(result), "");
}

TEST(ResultSchema, DescribesTheResultsOfTheFirstRelease) {
  int results = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(ASSAY_SOURCE_FOLDER "/tests/labs/0.1.0/lab/.assay/records")) {
    if (file.path().extension() != ".json") continue;
    std::ifstream text(file.path());
    const json record = json::parse(text);
    if (!record.contains("result")) continue;  // an entry
    ++results;
    EXPECT_EQ(test::objection_to_result(record["result"]), "") << file.path();
  }
  EXPECT_GE(results, 60);
}

TEST(ResultSchema, AcceptsKeysOfLaterVersions) {
  json object = formats::result_json(result_of(simple_plan(), {.log_ratio = -0.1}));
  object["colour"] = "grey";
  object["workloads"][0]["metrics"][0]["effect"]["colour"] = "grey";
  EXPECT_EQ(test::objection_to_result(object), "");
}

TEST(ResultSchema, RefusesWhatIsNotAResult) {
  const Plan plan = simple_plan();
  const json sound = formats::result_json(result_of(plan, {.log_ratio = -0.1}));
  json other = sound;
  other["verdict"] = "better";
  EXPECT_NE(test::objection_to_result(other), "");
  other = sound;
  other.erase("stop");
  EXPECT_NE(test::objection_to_result(other), "");
  other = sound;
  other["workloads"][0]["metrics"][0]["effect"].erase("low");
  EXPECT_NE(test::objection_to_result(other), "");
}

TEST(ResultSchema, DescribesARaceOfLevels) {
  Plan plan = simple_plan();
  plan.variable = {VariableKind::level,
                   "jobs",
                   {{"jobs=1", ArgumentLevel{"1"}}, {"jobs=2", ArgumentLevel{"2"}}, {"jobs=4", ArgumentLevel{"4"}}}};
  AttemptAnalysis analysis(plan);
  while (!analysis.finished()) {
    const int number = analysis.complete_blocks(0) + 1;
    Block block;
    block.number = number;
    for (const ArmIndex arm : analysis.arms_of_next_blocks(0)) {
      block.trials.push_back(measured(1.0 - 0.2 * static_cast<double>(arm) + 0.001 * (number % 5)));
      block.trials.back().arm = arm;
    }
    analysis.add(block);
  }
  EXPECT_EQ(objection_to(analysis.result()), "");
}

}  // namespace result_schema_tests
}  // namespace assay::decide
