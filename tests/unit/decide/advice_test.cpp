#include "experiments/decide/comparison/advice.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace advice_tests {

/// The drawn trials as a clock with this step shows them.
AttemptResult result_on_clock(const Plan& plan, const Truth& truth, double step) {
  const auto read = [step](double value) { return measured(step * std::round(value / step)); };
  return result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair(truth, 0, number);
    return block_of(plan, number, {read(control), read(treatment)});
  });
}

/// Nothing may suffice that was run and did not.
void expect_no_fewer_blocks_than_were_run(const AttemptResult& result) {
  ASSERT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_GT(result.advice.blocks_needed.value_or(result.blocks + 1), result.blocks);
}

TEST(Advice, WhereTheStepLeavesNothingOfTheMarginKnowsThatNoBlocksHelp) {
  const AttemptResult result = result_on_clock(simple_plan(), {.log_ratio = 0.015, .noise = 0.03}, 1.0 / 30);
  expect_no_fewer_blocks_than_were_run(result);
  EXPECT_FALSE(result.advice.blocks_needed.has_value());
  EXPECT_FALSE(result.advice.seconds_needed.has_value());
  EXPECT_NEAR(result.advice.step_percent.value(), 3.4, 0.1);
  // The interval must clear half the margin by the step.
  EXPECT_GT(result.advice.detectable_percent.value(), 1.5 + 3.4);
}

TEST(Advice, WhereTheStepLeavesSomeOfTheMarginAsksForMoreThanWasRun) {
  Plan plan = simple_plan();
  plan.protocol.max_blocks = 12;
  const AttemptResult result = result_on_clock(plan, {.log_ratio = 0.02, .noise = 0.01}, 0.01);
  expect_no_fewer_blocks_than_were_run(result);
  EXPECT_GT(result.advice.blocks_needed.value(), 12);
  EXPECT_FALSE(result.advice.step_percent.has_value());
}

TEST(Advice, NeverSaysThatFewerBlocksSufficeThanWereRun) {
  for (const double step : {0.001, 0.005, 0.01, 0.013, 0.02, 0.05, 0.5}) {
    for (const double effect : {0.0, 0.01, 0.02, 0.03}) {
      const AttemptResult result = result_on_clock(simple_plan(), {.log_ratio = effect, .noise = 0.02}, step);
      if (result.verdict == Verdict::inconclusive) expect_no_fewer_blocks_than_were_run(result);
    }
  }
}

}  // namespace advice_tests
}  // namespace assay::decide
