#include "experiments/decide/rules/controls_cpu.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace controls_cpu_tests {

Plan duet_plan() {
  Plan plan = simple_plan();
  plan.rules = kNewestRules;
  plan.protocol.design = Design::duet;
  return plan;
}

/// Blocks of trials of 100 ms; each uses this share of its wall time as CPU time.
std::vector<Block> blocks_using(int count, double control, double treatment) {
  std::vector<Block> blocks;
  for (int number = 1; number <= count; ++number) {
    std::vector<Trial> trials = {measured(0.1), measured(0.1)};
    for (ArmIndex arm = 0; arm < trials.size(); ++arm) {
      const double share = arm == kControl ? control : treatment;
      trials[arm].usage.user = nanoseconds(static_cast<std::int64_t>(share * 1e8));
    }
    blocks.push_back(block_of(duet_plan(), number, trials));
  }
  return blocks;
}

TEST(ControlsCpu, IsRunOnByATrialThatUsesMoreThanItsOwnCpu) {
  const auto found = runs_on_controls_cpu(duet_plan(), 1, blocks_using(12, 0.99, 1.75));
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->flag);
  EXPECT_NEAR(found->statistic, 0.075, 1e-9);
  EXPECT_NE(found->note.find("75.0 ms more CPU time"), std::string::npos) << found->note;
}

TEST(ControlsCpu, IsLeftAloneByATrialThatKeepsToItsOwn) {
  EXPECT_FALSE(runs_on_controls_cpu(duet_plan(), 1, blocks_using(12, 0.99, 1.0)));
  EXPECT_FALSE(runs_on_controls_cpu(duet_plan(), 1, blocks_using(12, 0.99, 1.05)));
}

TEST(ControlsCpu, IsNoReasonIfControlDoesTheSame) {
  EXPECT_FALSE(runs_on_controls_cpu(duet_plan(), 1, blocks_using(12, 1.8, 1.75)));
}

TEST(ControlsCpu, IsSharedByAllInOtherDesigns) {
  EXPECT_FALSE(runs_on_controls_cpu(simple_plan(), 1, blocks_using(12, 0.99, 1.75)));
}

TEST(ControlsCpu, HoldsAKeepBack) {
  const Plan plan = duet_plan();
  const AttemptResult result = result_of(plan, [&](int number) {
    std::vector<Trial> trials = {measured(0.1 + 0.0001 * (number % 5)), measured(0.06 + 0.0001 * (number % 3))};
    trials[1].usage.user = nanoseconds(static_cast<std::int64_t>(1.8e8));
    return block_of(plan, number, trials);
  });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::undecided);
  EXPECT_EQ(result.decision_reason, DecisionReason::outside_clock);
}

}  // namespace controls_cpu_tests
}  // namespace assay::decide
