#include "experiments/report/html/articles.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/report/html/picture.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::report {
namespace articles_tests {

using testing::HasSubstr;
using testing::Not;

/// An attempt with two revisions, which run one command.
Record record_of_revisions() {
  Record record = example_record();
  record.plan.rules = kNewestRules;
  record.plan.workloads.resize(1);
  record.plan.workloads[0].command = {"./bench", "data"};
  record.plan.variable = {VariableKind::revision,
                          "",
                          {{"control", SourceLevel{.revision = "v1"}}, {"treatment", SourceLevel{.revision = "v2"}}}};
  record.result = example_result(named_after(record.plan, example_comparison()));
  return record;
}

std::string article_of(const Record& record) {
  PictureData data;
  return attempt_article({.name = "0001-example", .sha256 = "ab", .record = record, .comparisons = {}}, data);
}

TEST(AttemptArticle, SaysInWhatArmsDifferThatRunOneCommand) {
  const std::string article = article_of(record_of_revisions());
  EXPECT_THAT(article, HasSubstr("<dt>control</dt><dd>revision: v1; runs ./bench data</dd>"));
  EXPECT_THAT(article, HasSubstr("<dt>treatment</dt><dd>revision: v2; runs ./bench data</dd>"));
  EXPECT_THAT(article, HasSubstr("v2 is 1.21x faster than v1"));
}

TEST(AttemptArticle, NamesTheCommandsOfArmsThatRunTwo) {
  Record record = record_of_revisions();
  record.plan.variable = {VariableKind::command,
                          "",
                          {{"control", CommandLevel{{"sort", "a"}}}, {"treatment", CommandLevel{{"sort", "-u", "a"}}}}};
  const std::string article = article_of(record);
  EXPECT_THAT(article, HasSubstr("<dt>control</dt><dd>sort a</dd>"));
  EXPECT_THAT(article, Not(HasSubstr("; runs")));
}

TEST(AttemptArticle, KeepsTheNamesOfTheOldestRules) {
  Record record = record_of_revisions();
  record.plan.rules = kOldestRules;
  EXPECT_THAT(article_of(record), HasSubstr("treatment is 1.21x faster than control"));
}

}  // namespace articles_tests
}  // namespace assay::report
