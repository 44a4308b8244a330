#include "experiments/trial/checks/output_references.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_plan.hpp"

namespace assay::trial {
namespace output_references_tests {

Plan plan_with_check() {
  Plan plan = test::small_plan(test::environment_variable("FAST"));
  plan.checks = {{"same page", SameOutputCheck{"page.html"}, {}}};
  return plan;
}

TrialReport report(ArmIndex arm, std::optional<std::string> output) {
  TrialReport made;
  made.trial.arm = arm;
  made.trial.outcome = Measured{};
  made.trial.values = {1.0};
  made.trial.steady = {{.metric = 0, .values = {{0, 1.0}}}};
  made.observations = {output ? Observation(*output) : Observation()};
  return made;
}

class OutputReferencesTest : public testing::Test {
 protected:
  std::vector<TrialReport> judged(std::vector<TrialReport> reports) {
    references_.judge(0, reports);
    return reports;
  }

  Plan plan_ = plan_with_check();
  OutputReferences references_{plan_};
};

TEST_F(OutputReferencesTest, PassTrialsThatPrintWhatControlPrintedFirst) {
  for (const TrialReport& one : judged({report(1, "aaaa"), report(0, "aaaa")})) {
    EXPECT_TRUE(is_measured(one.trial.outcome));
  }
}

TEST_F(OutputReferencesTest, FailTheTreatmentThatDiffersThoughItRanFirst) {
  const auto reports = judged({report(1, "bbbb"), report(0, "aaaa")});
  EXPECT_EQ(describe(reports[0].trial.outcome),
            "check failed: same page: page.html differs from control's first: SHA-256 bbbb against aaaa");
  EXPECT_EQ(reports[0].trial.values, (std::vector<std::optional<double>>{std::nullopt}));
  EXPECT_TRUE(reports[0].trial.steady.empty());
  EXPECT_TRUE(is_measured(reports[1].trial.outcome));
}

TEST_F(OutputReferencesTest, FailControlThatDiffersFromItsOwnFirst) {
  references_.offer(0, {"aaaa"});
  const auto reports = judged({report(0, "bbbb"), report(1, "aaaa")});
  EXPECT_FALSE(is_measured(reports[0].trial.outcome));
  EXPECT_TRUE(is_measured(reports[1].trial.outcome));
}

TEST_F(OutputReferencesTest, NoteOnceThatControlPrintsNothing) {
  constexpr const char* kDigestOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  references_.offer(0, {kDigestOfNothing});
  const std::vector<std::string> notes = references_.take_notes();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0],
            "check same page: what it compares is empty in control, so that hardly anything could fail it (assay check "
            "--prove tries that)");
  references_.offer(0, {kDigestOfNothing});
  EXPECT_TRUE(references_.take_notes().empty());
}

TEST_F(OutputReferencesTest, KeepTheFirstReference) {
  references_.offer(0, {"aaaa"});
  references_.offer(0, {"bbbb"});
  EXPECT_TRUE(is_measured(judged({report(1, "aaaa")})[0].trial.outcome));
}

TEST_F(OutputReferencesTest, TakeNoneFromAControlThatFailed) {
  std::vector<TrialReport> reports = {report(0, "aaaa"), report(1, "bbbb")};
  reports[0].trial.outcome = Exited{1};
  EXPECT_TRUE(is_measured(judged(reports)[1].trial.outcome));
}

TEST_F(OutputReferencesTest, BelongToOneCell) {
  references_.offer(1, {"bbbb"});
  EXPECT_TRUE(is_measured(judged({report(0, "aaaa"), report(1, "aaaa")})[1].trial.outcome));
}

TEST(OutputReferencesOfReports, NameTheTestsThatFailedATrial) {
  Plan plan = test::small_plan(test::environment_variable("FAST"));
  plan.checks = {{"no test lost", TestInventoryCheck{ReportFormat::junit, "junit.xml"}, {}}};
  OutputReferences references(plan);
  const auto with = [](ArmIndex arm, int failures) {
    TrialReport made = report(arm, std::nullopt);
    TestInventory inventory;
    inventory.tests["a"] = {.passed = 1};
    inventory.tests["b"] = {.passed = 1 - failures, .failed = failures};
    made.observations = {inventory};
    return made;
  };
  std::vector<TrialReport> fine = {with(0, 0), with(1, 0)};
  references.judge(0, fine);
  EXPECT_TRUE(fine[1].trial.failed_tests.empty());
  std::vector<TrialReport> failing = {with(0, 0), with(1, 1)};
  references.judge(0, failing);
  EXPECT_TRUE(failing[0].trial.failed_tests.empty());
  EXPECT_EQ(failing[1].trial.failed_tests, std::vector<std::string>{"b"});
}

}  // namespace output_references_tests
}  // namespace assay::trial
