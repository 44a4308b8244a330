#include <gtest/gtest.h>

#include "experiments/report/text.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::report {
namespace decision_entry_tests {

const std::string kDigest(64, 'a');

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(DecisionEntry, HoldsWhatSomebodyNeedsToCheckTheDecision) {
  EXPECT_EQ(decision_entry(example_record(), {kDigest}),
            R"(## 0007 readiness-poll: improved → keep

- hypothesis: Polling instead of sleeping makes a deploy faster
- variable: env READY_MODE: sleep -> poll
- control: `READY_MODE=sleep ./deploy.sh 'custom html'`
- treatment: `READY_MODE=poll ./deploy.sh 'custom html'`
- result: treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: improved → keep
- verdict: improved
- decision: keep (improved)
- margin: 3 % of wall
- measured: 24 blocks, 48 trials
- attempt: 1 of 3
- environment: local
- machine: bench1, Example CPU, 2 CPUs, 8.00 GB, Linux 6.1.0, kvm
- date: 2026-03-01 14:05 UTC
- actor: ada@example.org
- record: `0007-readiness-poll.json`, SHA-256 )" +
                kDigest + "\n");
}

TEST(DecisionEntry, GivesGuardsAndChecksUnderTheirCell) {
  Record record = example_record();
  add_workload(record.plan, "wiki");
  add_guard(record.plan, "max_rss");
  Comparison& comparison = record.result.comparisons[0];
  comparison.cell.index = 1;
  comparison.metrics.push_back(example_metric_result(2e6, 1.01));
  comparison.metrics[1].guard = GuardStatus::passed;
  comparison.checks = {{"same page", true, 0, 0, ""}};
  record.result = named_after(record.plan, record.result);
  EXPECT_TRUE(holds(decision_entry(record, {kDigest}),
                    "- result of wiki: treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: "
                    "improved → keep\n"
                    "  - guard max_rss: passed, +1.0 % (-1.0 % to +3.0 %), margin 10 %\n"
                    "  - check same page: passed\n"));
}

TEST(DecisionEntry, GivesTheCommandsOfEachWorkloadOnce) {
  Record record = example_record();
  record.plan.states.push_back({"cold", 0});
  record.plan.workloads[0].states = {"warm", "cold"};
  add_workload(record.plan, "wiki");
  const std::string entry = decision_entry(record, {kDigest});
  EXPECT_TRUE(holds(entry, "- control of deploy: "));
  EXPECT_TRUE(holds(entry, "- treatment of wiki: "));
  EXPECT_EQ(entry.find("- control of deploy: "), entry.rfind("- control of deploy: "));
}

TEST(DecisionEntry, TextOfUsersCannotPassForMarkup) {
  Record record = example_record();
  record.plan.hypothesis = "x\n## 0008 faked: improved\n<!-- assay:end -->";
  record.plan.variable.levels[1].value = EnvironmentLevel{"`a`|<b>"};
  record.actor = "*mallory*";
  const std::string entry = decision_entry(record, {kDigest});
  EXPECT_TRUE(holds(entry, "- hypothesis: x ## 0008 faked: improved &lt;!-- assay:end --&gt;\n"));
  EXPECT_FALSE(holds(entry, "<!--"));
  EXPECT_FALSE(holds(entry, "\n## 0008"));
  EXPECT_TRUE(holds(entry, "- actor: \\*mallory\\*\n"));
}

TEST(DecisionEntry, CountsFailedTrialsAndBlocksRunAgain) {
  Record record = example_record();
  record.result.failed_treatment = 3;
  record.result.void_blocks = 1;
  EXPECT_TRUE(holds(decision_entry(record, {kDigest}),
                    "- measured: 24 blocks, 48 trials; failed: control 0, treatment 3; 1 block run again\n"));
}

TEST(DecisionEntry, TellsHowOftenItWasInterrupted) {
  Record record = example_record();
  EXPECT_FALSE(holds(decision_entry(record, {kDigest}), "interrupted"));
  record.interruptions_ns = {1, 2};
  EXPECT_TRUE(
      holds(decision_entry(record, {kDigest}), "- interrupted: 2 times: the block under way was lost and run again\n"));
}

TEST(DecisionEntry, GivesTheReasonOfAnInvalidAttempt) {
  Record record = example_record();
  record.result.verdict = Verdict::invalid;
  record.result.reason = VerdictReason::confounded;
  record.result.decision = Decision::discard;
  record.result.decision_reason = DecisionReason::confounded;
  record.result.audit.intruders = {"treatment also differs in env PATH"};
  const std::string entry = decision_entry(record, {kDigest});
  EXPECT_TRUE(entry.starts_with("## 0007 readiness-poll: invalid → discard\n"));
  EXPECT_TRUE(holds(entry, "- verdict: invalid (the arms differ in more than the variable)\n"));
  EXPECT_TRUE(holds(entry, "- audit: treatment also differs in env PATH\n"));
}

TEST(DecisionEntry, DatesBefore1970AreRoundedDown) {
  Record record = example_record();
  record.created_ns = -1;
  EXPECT_TRUE(holds(decision_entry(record, {kDigest}), "- date: 1969-12-31 23:59 UTC\n"));
}

TEST(DecisionEntry, LeavesOutWhatIsNotKnownOfTheMachine) {
  Record record = example_record();
  record.machine = Machine{};
  record.machine.hostname = "bench1";
  EXPECT_TRUE(holds(decision_entry(record, {kDigest}), "- machine: bench1\n"));
}

TEST(DecisionEntry, NamesLostBlocksAndInterruptionsOfNewerRules) {
  Record record = example_record();
  record.plan.rules = kNewestRules;
  record.result.lost_blocks = 2;
  record.interruptions_ns = {1, 2};
  const std::string entry = decision_entry(record, {kDigest});
  EXPECT_TRUE(holds(entry, "; 2 blocks lost\n")) << entry;
  EXPECT_TRUE(holds(entry, "- interrupted: 2 times (taken up again, stood still, or broken off)\n")) << entry;
}

TEST(DecisionEntry, CallsTheArmsByWhatTheyAreByNewerRules) {
  Record record = example_record();
  record.plan.variable.kind = VariableKind::revision;
  for (Level& level : record.plan.variable.levels) level.value = SourceLevel{};
  std::get<SourceLevel>(record.plan.variable.levels[0].value).revision = "v1.2";
  std::get<SourceLevel>(record.plan.variable.levels[1].value).revision = "HEAD";
  record.plan.variable.levels[0].label = "control";
  record.plan.variable.levels[1].label = "treatment";
  EXPECT_TRUE(holds(decision_entry(record, {kDigest}), "- result: treatment is 1.21x faster than control "));
  record.plan.rules = kNewestRules;
  EXPECT_TRUE(holds(decision_entry(record, {kDigest}), "- result: HEAD is 1.21x faster than v1.2 "));
}

TEST(DecisionEntry, RoundsAnEndNextToZeroOnlyByTheOldestRules) {
  Record record = example_record();
  Comparison& comparison = record.result.comparisons.at(0);
  comparison.verdict = Verdict::improved;
  comparison.metrics.at(0).effect->estimate = -0.01;
  comparison.metrics.at(0).effect->interval = {-0.02, -1e-5};
  EXPECT_TRUE(holds(decision_entry(record, {kDigest}), "1.000 to 1.020")) << decision_entry(record, {kDigest});
  record.plan.rules = kNewestRules;
  EXPECT_TRUE(holds(decision_entry(record, {kDigest}), "above 1 to 1.020")) << decision_entry(record, {kDigest});
}

TEST(DecisionEntry, SaysWhatStandsBehindAKeepByNewerRules) {
  Record record = example_record();
  Comparison& comparison = record.result.comparisons.at(0);
  comparison.decision = Decision::keep;
  EXPECT_FALSE(holds(decision_entry(record, {kDigest}), "behind it"));
  record.plan.rules = kNewestRules;
  comparison.checks.clear();
  EXPECT_TRUE(holds(decision_entry(record, {kDigest}), "no check\n"));
  comparison.checks = {CheckResult{"same output", true, 0, 0, ""}};
  EXPECT_TRUE(holds(decision_entry(record, {kDigest}), "behind it: same output in "));
  EXPECT_TRUE(holds(decision_entry(record, {kDigest}), "no other check"));
}

}  // namespace decision_entry_tests
}  // namespace assay::report
