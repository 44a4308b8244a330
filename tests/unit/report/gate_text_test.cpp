#include "experiments/report/gate/gate_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace assay::report {
namespace gate_text_tests {

using testing::HasSubstr;
using testing::Not;

GateReport report_of(GateOutcome outcome, const std::string& note = "") {
  GateReport report{.base = {"main", "0123456789abcdef"}, .change = {"HEAD", "fedcba9876543210"}};
  report.environment_name = "ci";
  report.findings = {{.file = "bench/work.toml", .outcome = outcome, .note = note}};
  return report;
}

TEST(GateText, SaysWhetherTheGateFailed) {
  EXPECT_EQ(gate_sentence(report_of(GateOutcome::regressed)), "gate failed: 1 regressed");
  EXPECT_EQ(gate_sentence(report_of(GateOutcome::no_base)), "gate passed: 1 no-base");
  EXPECT_THAT(gate_text(report_of(GateOutcome::passed), {}),
              HasSubstr("Judged by the defaults, there being no .assay/gate.toml, of main (0123456789) in the "
                        "environment ci: alert beyond 10 %; fails on inconclusive, regressed, guard, invalid."));
}

TEST(GateText, SaysThatAPolicyLetsSomethingPass) {
  GateReport report = report_of(GateOutcome::inconclusive);
  EXPECT_THAT(gate_text(report, {}), Not(HasSubstr("lets it pass")));
  report.policy.fail_on.erase(GateOutcome::inconclusive);
  EXPECT_EQ(gate_sentence(report), "gate passed: 1 inconclusive");
  EXPECT_THAT(gate_text(report, {}), HasSubstr("inconclusive (the policy lets it pass)"));
  EXPECT_THAT(gate_markdown(report), HasSubstr("**inconclusive** (the policy lets it pass)"));
  EXPECT_THAT(gate_annotations(report), HasSubstr("::warning "));
}

TEST(GateAnnotations, EscapeWhatWouldEndThem) {
  GateReport report = report_of(GateOutcome::invalid, "one\r\n::error::forged 100%");
  report.findings[0].file = "a,b:c.toml";
  EXPECT_EQ(
      gate_annotations(report),
      "::error file=a%2Cb%3Ac.toml,title=assay gate%3A invalid::not measured%0Aone%0D%0A::error::forged 100%25\n");
}

TEST(GateMarkdown, FencesADiffThatHoldsAFence) {
  GateReport report = report_of(GateOutcome::passed);
  report.rule_changes = {{.path = "README", .kind = GateRuleKind::judge, .diff = {"+````", "+</details>"}}};
  EXPECT_THAT(gate_markdown(report), HasSubstr("`````diff\n+````\n+</details>\n`````\n"));
}

TEST(GateText, SaysBehindWhichLinkARuleLies) {
  GateReport report = report_of(GateOutcome::passed);
  report.rule_changes = {{.path = "real.toml", .kind = GateRuleKind::policy, .link = ".assay/gate.toml"},
                         {.path = "real.sh", .kind = GateRuleKind::judge, .link = "bench/check.sh"}};
  const std::string text = gate_text(report, {});
  EXPECT_THAT(text, HasSubstr("  real.toml: changed (policy, behind the link .assay/gate.toml)\n"));
  EXPECT_THAT(text, HasSubstr("  real.sh: changed (judge, behind the link bench/check.sh); the change's own version"));
  EXPECT_THAT(gate_markdown(report), HasSubstr("behind the link"));
  EXPECT_THAT(gate_annotations(report), HasSubstr(".assay/gate.toml); the base's version was in force\n"));
  EXPECT_THAT(gate_annotations(report), HasSubstr("bench/check.sh); the change's own version was in force"));
  const nlohmann::json changes = gate_json(report).at("changed_rules");
  EXPECT_EQ(changes[1].at("link"), "bench/check.sh");
  EXPECT_EQ(changes[1].at("base_in_force"), false);
}

TEST(GateText, NamesRulesThatAreNotLookedAt) {
  GateReport report = report_of(GateOutcome::passed);
  EXPECT_THAT(gate_text(report, {}), Not(HasSubstr("does not look at")));
  report.blind_spots = {{"bench/x\x1b.sh", "/etc/x.sh", true}, {"bench/all", "..", false}};
  EXPECT_THAT(gate_text(report, {}), HasSubstr("Rules that a gate does not look at, behind links:\n"
                                               "  bench/x\\x1b.sh -> /etc/x.sh (outside the repository)\n"
                                               "  bench/all -> .. (a folder that holds the link)\n"));
  EXPECT_THAT(gate_markdown(report), HasSubstr("(outside the repository)"));
  EXPECT_THAT(gate_annotations(report), HasSubstr("::warning file=bench/all,title=assay gate%3A rule not looked at::"));
  EXPECT_EQ(gate_json(report).at("not_looked_at")[0].at("target"), "/etc/x.sh");
}

TEST(GateJson, HasTheOutcomeThatAsksForMostAttention) {
  GateReport report = report_of(GateOutcome::inconclusive);
  report.findings.push_back({.file = "b.toml", .outcome = GateOutcome::guard});
  const nlohmann::json object = gate_json(report);
  EXPECT_EQ(object.at("outcome"), "guard");
  EXPECT_EQ(object.at("passed"), false);
  EXPECT_EQ(object.at("experiments").size(), 2U);
}

}  // namespace gate_text_tests
}  // namespace assay::report
