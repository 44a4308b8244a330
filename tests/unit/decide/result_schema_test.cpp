#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "experiments/formats/result/result_json.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace result_schema_tests {

using nlohmann::json;
using valijson::adapters::NlohmannJsonAdapter;

json published_schema() {
  std::ifstream file(ASSAY_SOURCE_FOLDER "/docs/formats/result.schema.json");
  return json::parse(file);
}

/// The first thing that the published schema has against an object; empty where it has nothing.
std::string objection_to(const json& object) {
  const json document = published_schema();
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(NlohmannJsonAdapter(document), schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(schema, NlohmannJsonAdapter(object), &results)) return "";
  valijson::ValidationResults::Error error;
  results.popError(error);
  std::string place;
  for (const std::string& part : error.context) place += part;
  return place + ": " + error.description;
}

TEST(ResultSchema, DescribesAnImprovementWithAGuard) {
  const Plan plan = guarded_plan(Percent{10});
  const AttemptResult result = result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.1}, 0, number);
    return block_of(plan, number, {measured({control, 1e6}), measured({treatment, 1e6 + number})});
  });
  EXPECT_EQ(objection_to(formats::result_json(result)), "");
}

TEST(ResultSchema, DescribesUnboundedEffectsAndFailedChecks) {
  const Plan plan = simple_plan();
  const AttemptResult result = result_of(plan, [&](int number) {
    return block_of(plan, number, {failed(CheckFailed{"page", "differs"}), measured(1.0)});
  });
  EXPECT_EQ(objection_to(formats::result_json(result)), "");
}

TEST(ResultSchema, DescribesAnInconclusiveDifference) {
  Plan plan = simple_plan();
  plan.metrics[0].kind = MetricKind::difference;
  plan.protocol.max_blocks = 20;
  EXPECT_EQ(objection_to(formats::result_json(result_of(plan, {.noise = 0.3}))), "");
}

TEST(ResultSchema, DescribesASuite) {
  const Plan plan = plan_of_cells(2, ClaimRule::suite);
  const AttemptResult result = result_of_cells(
      plan, [&](std::size_t cell, int number) { return drawn_block(plan, number, {.log_ratio = -0.1}, cell); });
  EXPECT_EQ(objection_to(formats::result_json(result)), "");
}

TEST(ResultSchema, RefusesWhatIsNotAResult) {
  const Plan plan = simple_plan();
  const json sound = formats::result_json(result_of(plan, {.log_ratio = -0.1}));
  json other = sound;
  other["verdict"] = "better";
  EXPECT_NE(objection_to(other), "");
  other = sound;
  other.erase("stop");
  EXPECT_NE(objection_to(other), "");
  other = sound;
  other["workloads"][0]["metrics"][0]["effect"].erase("low");
  EXPECT_NE(objection_to(other), "");
}

template <NamedEnum Enum>
void expect_all_names_in(const json& schema, const char* definition) {
  const json names(EnumNames<Enum>::values);
  EXPECT_EQ(schema["definitions"][definition]["enum"], names) << definition;
}

TEST(ResultSchema, ListsEveryName) {
  const json schema = published_schema();
  expect_all_names_in<Verdict>(schema, "verdict");
  expect_all_names_in<VerdictReason>(schema, "verdict_reason");
  expect_all_names_in<Decision>(schema, "decision");
  expect_all_names_in<DecisionReason>(schema, "decision_reason");
  expect_all_names_in<Stop>(schema, "stop");
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
  EXPECT_EQ(objection_to(formats::result_json(analysis.result())), "");
}

}  // namespace result_schema_tests
}  // namespace assay::decide
