#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/report/exports/export_formats.hpp"
#include "experiments/report/exports/workflow_command.hpp"
#include "tests/support/message_of.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::report {
namespace exports_tests {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string exported(std::string_view format, const Plan& plan, const AttemptResult& result) {
  return export_format(format).text_of({plan, {}, result});
}

std::string exported(std::string_view format, const AttemptResult& result) {
  return exported(format, example_plan(), result);
}

TEST(ExportFormats, HaveNamesOfTheirOwnAndAreListedIfOneIsUnknown) {
  for (const interop::ExportFormat& format : export_formats()) EXPECT_EQ(&export_format(format.name), &format);
  const std::string message = test::message_of([] { (void)export_format("pull-requst"); });
  EXPECT_THAT(message, HasSubstr("did you mean \"pull-request\""));
  EXPECT_THAT(message, HasSubstr("hyperfine (")) << "files of other tools are listed, too";
}

TEST(PullRequest, BeginsWithAMarkAndShowsSentenceTableAndArms) {
  const std::string text = exported("pull-request", named_after(example_plan(), example_result(example_comparison())));
  EXPECT_THAT(text, StartsWith("<!-- assay: " + example_plan().id + " -->\n### assay "));
  EXPECT_THAT(text, HasSubstr("1.21x faster"));
  EXPECT_THAT(text, HasSubstr("| wall | "));
  EXPECT_THAT(text, HasSubstr("**improved**"));
  EXPECT_THAT(text, HasSubstr("- variable: "));
  EXPECT_THAT(text, HasSubstr("</details>\n"));
}

TEST(PullRequest, AndJUnitShowAnEquivalentResultWithTheIntervalThatItRestsOn) {
  Comparison comparison = example_comparison();
  comparison.verdict = Verdict::equivalent;
  comparison.metrics.front().effect = Effect{.estimate = 0.01, .interval = {-0.2, 0.2}, .confidence = 0.96, .p = std::nullopt};
  comparison.metrics.front().equivalence = EquivalenceInterval{.interval = {-0.005, 0.02}, .confidence = 0.92};
  EXPECT_THAT(exported("pull-request", example_result(comparison)), HasSubstr("(-0.5 % to +2.0 %)"));
  EXPECT_THAT(exported("junit", example_result(comparison)), HasSubstr("(-0.50 to +2.02 %)"));
}

TEST(PullRequest, ForeignTextIsNoMarkup) {
  Plan plan = example_plan();
  plan.hypothesis = "</details><script>alert(1)</script> | a | [x](http://example.org) @everyone\n# title";
  AttemptResult result = example_result(example_comparison());
  result.comparisons.front().checks.push_back(
      {.name = "a | b\n::error::c", .passed = false, .failed_control = 0, .failed_treatment = 1, .detail = "x"});
  const std::string text = exported("pull-request", plan, result);
  EXPECT_THAT(text, Not(HasSubstr("<script>")));
  EXPECT_THAT(text, Not(HasSubstr("a | b")));
  EXPECT_THAT(text, Not(HasSubstr("\n# title")));
  EXPECT_THAT(text, Not(HasSubstr("[x](")));
}

TEST(Annotations, AreNoticesWarningsOrErrorsByTheVerdict) {
  EXPECT_THAT(exported("github-annotations", example_result(example_comparison())),
              StartsWith("::notice title=assay "));
  EXPECT_THAT(exported("github-annotations", noisy_result()), StartsWith("::warning "));
  Comparison regressed = example_comparison();
  regressed.verdict = Verdict::regressed;
  regressed.decision = Decision::discard;
  EXPECT_THAT(exported("github-annotations", example_result(regressed)), StartsWith("::error "));
}

TEST(Annotations, SayWhichCheckFailed) {
  Comparison comparison = example_comparison();
  comparison.checks.push_back(
      {.name = "same bytes", .passed = false, .failed_control = 0, .failed_treatment = 3, .detail = "differs"});
  EXPECT_THAT(exported("github-annotations", example_result(comparison)), HasSubstr("%0Acheck same bytes: "));
}

TEST(WorkflowCommand, ForeignTextBeginsNoCommandOfItsOwn) {
  const std::string text = workflow_command_text({.level = AnnotationLevel::warning,
                                                  .file = "a,title=x::y",
                                                  .title = "t\n::error::u",
                                                  .message = "50%0A\n::error::v\x1b]8;;http://e\x07"});
  EXPECT_EQ(text,
            "::warning file=a%2Ctitle=x%3A%3Ay,title=t\\x0a%3A%3Aerror%3A%3Au::50%250A%0A::error::v\\x1b]8;;http://e"
            "\\x07\n");
}

}  // namespace exports_tests
}  // namespace assay::report
