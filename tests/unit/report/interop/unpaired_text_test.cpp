#include "experiments/report/interop/unpaired_text.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace assay::report {
namespace unpaired_text_tests {

using interop::compare_unpaired;
using interop::compare_unpaired_shares;
using interop::UnpairedQuestion;

UnpairedQuestion question_of(MetricKind kind) {
  UnpairedQuestion question;
  question.metric.unit = "s";
  question.metric.kind = kind;
  return question;
}

TEST(UnpairedText, ReportsADifferenceAndNeverCallsItAnImprovement) {
  const UnpairedQuestion question = question_of(MetricKind::positive);
  const auto result = compare_unpaired({.control = {1, 1.1, 1.2, 1.3}, .treatment = {0.5, 0.6, 0.7, 0.8}}, question);
  const std::string text = unpaired_text(result, question, "");
  EXPECT_EQ(text.rfind("difference observed", 0), 0U) << text;
  EXPECT_NE(text.find("order not controlled"), std::string::npos);
  EXPECT_EQ(text.find("improved"), std::string::npos);
  EXPECT_EQ(unpaired_json(result, question).dump().find("improved"), std::string::npos);
}

TEST(UnpairedJson, NamesTheFinding) {
  const UnpairedQuestion question = question_of(MetricKind::positive);
  const auto result = compare_unpaired({.control = {1, 1.1, 1.2, 1.3}, .treatment = {1, 1.1, 1.2, 1.3}}, question);
  EXPECT_EQ(unpaired_json(result, question)["finding"], "no difference observed");
}

TEST(UnpairedJson, GivesDifferencesInTheirUnit) {
  const UnpairedQuestion question = question_of(MetricKind::difference);
  const auto result = compare_unpaired({.control = {-1, 0, 1, 2}, .treatment = {9, 10, 11, 12}}, question);
  EXPECT_EQ(unpaired_json(result, question)["effect"]["estimate"], 10);
}

TEST(UnpairedSharesText, GivesCountsAndTheTest) {
  const UnpairedQuestion question = question_of(MetricKind::proportion);
  const auto result = compare_unpaired_shares(
      {.control = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0}, .treatment = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}}, question);
  const std::string text = unpaired_shares_text(result, question);
  EXPECT_EQ(text.find("difference observed"), 0);
  EXPECT_NE(text.find("1 of 10 (10.0 %)"), std::string::npos) << text;
  EXPECT_EQ(unpaired_shares_json(result, question)["effect"]["test"], "boschloo");
}

}  // namespace unpaired_text_tests
}  // namespace assay::report
