#include <map>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace attempt_costly_tests {

Plan costly_plan(int trials, Design design = Design::costly) {
  Plan plan = simple_plan();
  plan.protocol.design = design;
  plan.protocol.looks = LookMode::once;
  plan.protocol.max_blocks = plan.protocol.min_blocks = trials;
  return plan;
}

/// One trial of the schedule, log-normal with a noise of 1 %.
Block trial_of_schedule(const Plan& plan, int number, double log_ratio) {
  const BlockOrder order = design::block_order(plan, 0, number);
  Generator generator = Seed(3).stream(Stream::simulation, 0, static_cast<std::uint64_t>(number));
  Block block;
  block.number = number;
  const double effect = order.arms[0] == kControl ? 0 : log_ratio;
  block.trials = {measured(std::exp(effect + 0.01 * generator.normal()))};
  block.trials[0].arm = order.arms[0];
  return block;
}

AttemptResult costly_result(const Plan& plan, double log_ratio) {
  return result_of(plan, [&](int number) { return trial_of_schedule(plan, number, log_ratio); });
}

TEST(CostlySchedule, HasEveryArmEquallyOftenInEachStratum) {
  Plan plan = costly_plan(10);
  plan.protocol.looks = LookMode::planned;
  plan.protocol.min_blocks = 5;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    plan.seed = Seed(seed);
    int treatments = 0;
    for (int number = 1; number <= 20; ++number) {
      treatments += static_cast<int>(design::block_order(plan, 0, number).arms[0]);
      EXPECT_TRUE(number != 10 || treatments == 5) << seed;
    }
    EXPECT_EQ(treatments, 10);
  }
}

TEST(CostlySchedule, DrawsAllSixOrdersOfAQuadEquallyOften) {
  Plan plan = costly_plan(6, Design::costly_quads);
  std::map<std::vector<ArmIndex>, int> counts;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    plan.seed = Seed(seed);
    std::vector<ArmIndex> quad;
    for (int number = 5; number <= 8; ++number) quad.push_back(design::block_order(plan, 0, number).arms[0]);
    ++counts[quad];
  }
  EXPECT_EQ(counts.size(), 6U);
  // 3000 / 6, standard deviation 20.4
  for (const auto& [quad, count] : counts) EXPECT_NEAR(count, 500, 82);
}

TEST(CostlyAttempt, NeedsTwoTrialsForEachOfAnArm) {
  AttemptAnalysis analysis(costly_plan(5));
  EXPECT_EQ(analysis.blocks_to_next_look(0), 10);
}

TEST(CostlyAttempt, OfFiveAndFiveIsImproved) {
  const AttemptResult result = costly_result(costly_plan(5), -0.2);
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.trials, 10);
  EXPECT_EQ(result.comparisons[0].blocks, 5);
  EXPECT_EQ(result.comparisons[0].metrics[0].effect->estimator, Estimator::difference_of_means);
  EXPECT_NEAR(result.comparisons[0].metrics[0].effect->estimate, -0.2, 0.03);
}

TEST(CostlyAttempt, OfQuadsIsRegressed) {
  EXPECT_EQ(costly_result(costly_plan(6, Design::costly_quads), 0.2).verdict, Verdict::regressed);
}

TEST(CostlyAttempt, BelowFiveOfEachArmIsNeverAVerdict) {
  const AttemptResult result = costly_result(costly_plan(4), -2);
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.reason, VerdictReason::too_few);
  EXPECT_NEAR(result.comparisons[0].metrics[0].effect->estimate, -2, 0.1);
}

TEST(CostlyAttempt, StopsAtTheFirstOfTwoLooksWhereThatIsEnough) {
  Plan plan = costly_plan(10);
  plan.protocol.looks = LookMode::planned;
  plan.protocol.min_blocks = 5;
  EXPECT_EQ(costly_result(plan, -0.2).trials, 10);
  EXPECT_EQ(costly_result(plan, 0.0).trials, 20);
}

TEST(CostlyAttempt, CutByTheClockInsideAStratumHasNumbersAlone) {
  const Plan plan = costly_plan(10);
  AttemptAnalysis analysis(plan);
  feed(
      analysis, [&](int number) { return trial_of_schedule(plan, number, -0.2); }, 15);
  analysis.cut_by_time();
  EXPECT_EQ(analysis.result().verdict, Verdict::inconclusive);
  EXPECT_EQ(analysis.result().stop, Stop::time);
}

TEST(CostlyAttempt, OfThreeArmsComparesEachTreatmentWithControl) {
  Plan plan = costly_plan(5);
  plan.variable.levels.push_back({"other", CommandLevel{{"other"}}});
  const AttemptResult result = costly_result(plan, -0.2);
  EXPECT_EQ(result.trials, 15);
  ASSERT_EQ(result.comparisons.size(), 2U);
  EXPECT_EQ(result.comparisons[1].blocks, 5);
}

TEST(CostlyAttempt, RefusesABlockOfTwoTrials) {
  const Plan plan = costly_plan(5);
  Block block = trial_of_schedule(plan, 1, 0);
  block.trials.push_back(block.trials[0]);
  AttemptAnalysis analysis(plan);
  EXPECT_THROW(analysis.add(block), Error);
}

}  // namespace attempt_costly_tests
}  // namespace assay::decide
