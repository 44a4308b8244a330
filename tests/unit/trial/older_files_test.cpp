#include "experiments/trial/checks/older_files.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_plan.hpp"

namespace assay::trial {
namespace older_files_tests {

class OlderFilesTest : public testing::Test {
 protected:
  OlderFilesTest() { plan_.checks = {{"same page", SameOutputCheck{"page.html"}, {}}}; }

  static TrialReport report(ArmIndex arm, std::vector<std::string> older) {
    TrialReport made;
    made.trial.arm = arm;
    made.trial.values = {1.0};
    made.older_files = std::move(older);
    return made;
  }
  std::vector<TrialReport> judged(std::vector<TrialReport> reports) {
    files_.judge(0, reports);
    return reports;
  }

  Plan plan_ = test::small_plan(test::environment_variable("FAST"));
  OlderFiles files_{plan_};
};

TEST_F(OlderFilesTest, FailTheTreatmentWhoseOutputIsOlderThanItsTrial) {
  const auto reports = judged({report(1, {"page.html"}), report(0, {})});
  EXPECT_EQ(describe(reports[0].trial.outcome),
            "check failed: same page: page.html is older than the trial, which therefore did not write it; control "
            "writes it afresh");
  EXPECT_EQ(reports[0].trial.values, (std::vector<std::optional<double>>{std::nullopt}));
  EXPECT_TRUE(is_measured(reports[1].trial.outcome));
}

// As after tar, or cp -p.
TEST_F(OlderFilesTest, PassATreatmentWhoseControlKeepsOldTimesToo) {
  (void)judged({report(0, {"page.html"})});
  EXPECT_TRUE(is_measured(judged({report(0, {}), report(1, {"page.html"})})[1].trial.outcome));
}

TEST_F(OlderFilesTest, SayNothingBeforeControlWasSeen) {
  EXPECT_TRUE(is_measured(judged({report(1, {"page.html"})})[0].trial.outcome));
}

}  // namespace older_files_tests
}  // namespace assay::trial
