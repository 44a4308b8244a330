#include "experiments/report/result_document.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/objection_to_result.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::report {
namespace result_document_tests {

using nlohmann::json;
using test::objection_to_result;

json printed(const Record& record) {
  return result_object(heading_of("show", record, std::string(64, 'a')), record.plan, record.result);
}

/// A keep by rules that say what stands behind it, of an attempt that has every key of a heading.
Record kept_record() {
  Record record = example_record();
  record.plan.rules = kNewestRules;
  record.plan.simulation = Simulation{};
  add_workload(record.plan, "second");
  record.plan.groups = {{0, 1}};
  return record;
}

TEST(ResultDocument, IsDescribedByTheSchema) {
  const json object = printed(kept_record());
  ASSERT_TRUE(object["workloads"][0].contains("support"));
  ASSERT_EQ(object["side_by_side"], json::parse(R"([["deploy", "second"]])"));
  EXPECT_EQ(objection_to_result(object), "");
}

TEST(ResultDocument, OfAComparisonWithoutARecordIsDescribedByTheSchema) {
  Record record = example_record();
  record.plan.exploratory = true;
  EXPECT_EQ(objection_to_result(result_object({"compare", "", "", "", ""}, record.plan, record.result)), "");
}

TEST(ResultDocument, HasTheWholeHeadingOrNoneByTheSchema) {
  json object = printed(kept_record());
  object.erase("attempts_left");
  EXPECT_NE(objection_to_result(object), "");
  object = printed(kept_record());
  object["schema_version"] = 2;
  EXPECT_NE(objection_to_result(object), "");
  object = printed(kept_record());
  object["plan_sha256"] = "abc";
  EXPECT_NE(objection_to_result(object), "");
}

TEST(ResultDocument, ReplacesBytesThatAreNoText) {
  Record record = example_record();
  record.plan.id = "caf\xe9";
  record.actor = "ren\xe9";
  EXPECT_EQ(printed(record)["experiment"], "caf\xEF\xBF\xBD");
  EXPECT_EQ(printed(record)["actor"], "ren\xEF\xBF\xBD");
}

}  // namespace result_document_tests
}  // namespace assay::report
