#include "experiments/trial/accepted_failures.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_plan.hpp"

namespace assay::trial {
namespace accepted_failures_tests {

/// A block of measured trials that exited with these codes.
Block block_of(int control, int treatment) {
  Block block;
  block.trials.resize(2);
  for (Trial& trial : block.trials) trial.outcome = Measured{};
  block.trials[0].exit_code = control;
  block.trials[1].arm = 1;
  block.trials[1].exit_code = treatment;
  return block;
}

Plan plan_that_accepts_all() {
  Plan plan = test::small_plan(test::command_variable({"true"}, {"sh", "-c", "exit 1"}));
  plan.workloads[0].success_codes.clear();
  plan.exploratory = true;
  return plan;
}

TEST(AcceptedFailureNotes, NameTheArmThatFailedAndTheOptionThatCountsIt) {
  const std::vector<Block> blocks(8, block_of(0, 1));
  EXPECT_EQ(accepted_failure_notes(plan_that_accepts_all(), blocks),
            (std::vector<std::string>{"8 of 8 trials of `sh -c 'exit 1'` exited 1, and none of control; "
                                      "-i (--ignore-failure) counts them as measured"}));
}

TEST(AcceptedFailureNotes, NameTheKeyOfAFile) {
  Plan plan = plan_that_accepts_all();
  plan.exploratory = false;
  const std::vector<std::string> notes = accepted_failure_notes(plan, {block_of(2, 1), block_of(0, 3)});
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes.front(),
            "2 of 2 trials of `sh -c 'exit 1'` exited 1 or 3, and 1 of 2 trials of control exited 2; success_codes "
            "counts them as measured");
}

TEST(AcceptedFailureNotes, AreEmptyIfBothArmsFailAlike) {
  EXPECT_TRUE(accepted_failure_notes(plan_that_accepts_all(), {block_of(1, 1), block_of(1, 1)}).empty());
  EXPECT_TRUE(accepted_failure_notes(plan_that_accepts_all(), {block_of(0, 0)}).empty());
}

}  // namespace accepted_failures_tests
}  // namespace assay::trial
