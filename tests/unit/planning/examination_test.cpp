#include "experiments/planning/examination.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::planning {
namespace examination_tests {

/// Blocks whose effects alternate between +size and -size on the log scale, for each metric its own size.
std::vector<Block> alternating_blocks(const Plan& plan, const std::vector<double>& sizes) {
  std::vector<Block> blocks;
  for (int number = 1; number <= 20; ++number) {
    std::vector<std::optional<double>> control;
    std::vector<std::optional<double>> treatment;
    for (const double size : sizes) {
      control.emplace_back(1.0);
      treatment.emplace_back(std::exp(number % 2 == 0 ? size : -size));
    }
    Block block = decide::drawn_block(plan, number, {});
    for (Trial& trial : block.trials) trial.values = trial.arm == kControl ? control : treatment;
    blocks.push_back(block);
  }
  return blocks;
}

Plan plan_of_two_metrics() {
  Plan plan = decide::simple_plan();
  plan.metrics.push_back(plan.metrics.front());
  plan.metrics.back().name = "cpu";
  plan.metrics.back().role = MetricRole::observed;
  return plan;
}

TEST(MetricNeeds, NameTheMetricWithTheLeastNoiseFirst) {
  const Plan plan = plan_of_two_metrics();
  const std::vector<MetricNeed> needs = metric_needs(plan, alternating_blocks(plan, {0.1, 0.01}), Percent{3});
  ASSERT_EQ(needs.size(), 2U);
  EXPECT_EQ(needs[0].metric, "cpu");
  EXPECT_LT(needs[0].blocks, needs[1].blocks);
  EXPECT_NEAR(needs[1].tau, 0.1, 0.04);
}

TEST(MetricNeeds, LeaveOutWhatHasNoNoiseOrNoValues) {
  const Plan plan = plan_of_two_metrics();
  EXPECT_EQ(metric_needs(plan, alternating_blocks(plan, {0.1, 0}), Percent{3}).size(), 1U);
  EXPECT_TRUE(metric_needs(plan, {}, Percent{3}).empty());
}

TEST(MetricNeeds, AreThoseOfThePrimaryMetricsQuantity) {
  Plan plan = plan_of_two_metrics();
  plan.metrics.front().unit = "s";
  const auto names_if_the_other_is_in = [&](const char* unit) {
    plan.metrics.back().unit = unit;
    std::vector<std::string> names;
    for (MetricNeed& need : metric_needs(plan, alternating_blocks(plan, {0.1, 0.01}), Percent{3})) {
      names.push_back(std::move(need.metric));
    }
    return names;
  };
  const std::vector<std::string> both = {"cpu", plan.metrics.front().name};
  EXPECT_EQ(names_if_the_other_is_in("s"), both);
  EXPECT_EQ(names_if_the_other_is_in("ms"), both);
  EXPECT_EQ(names_if_the_other_is_in("B"), std::vector<std::string>{plan.metrics.front().name});
}

TEST(MetricNeeds, RankInstructionsBesideTimes) {
  Plan plan = plan_of_two_metrics();
  plan.metrics.front().unit = "s";
  plan.metrics.back() = *find_built_in_metric("instructions");
  std::vector<MetricNeed> needs = metric_needs(plan, alternating_blocks(plan, {0.1, 0.001}), Percent{3});
  ASSERT_EQ(needs.size(), 2U);
  EXPECT_EQ(needs[0].metric, "instructions");
  EXPECT_LT(needs[0].blocks, needs[1].blocks);
  needs = metric_needs(plan, alternating_blocks(plan, {0.1, 0}), Percent{3});  // the same number in each trial
  ASSERT_EQ(needs.size(), 2U);
  EXPECT_EQ(needs[0].metric, "instructions");
  EXPECT_EQ(needs[0].blocks, 6);
  plan.metrics.front().unit = "B";
  EXPECT_EQ(metric_needs(plan, alternating_blocks(plan, {0.1, 0.001}), Percent{3}).size(), 1U);
}

TEST(PlayOwnNoise, ClaimsNothingInMoreThanAlphaOfAttempts) {
  decide::JudgedAttempt attempt;
  attempt.plan = decide::simple_plan();
  attempt.plan.protocol.max_blocks = 15;
  for (int number = 1; number <= 30; ++number) {
    attempt.blocks.push_back(decide::drawn_block(attempt.plan, number, {.noise = 0.05}));
  }
  const std::optional<PlaySummary> played = play_own_noise(attempt, {.attempts = 20, .threads = 1});
  ASSERT_TRUE(played);
  EXPECT_EQ(played->attempts, 20);
  EXPECT_LE(false_claims(*played), 0.25);  // at 5 % each, more than 5 of 20 happen once in 3,000 times
}

TEST(PlayOwnNoise, NeedsNoise) {
  decide::JudgedAttempt attempt;
  attempt.plan = decide::simple_plan();
  EXPECT_FALSE(play_own_noise(attempt, {.attempts = 10, .threads = 1}));
}

}  // namespace examination_tests
}  // namespace assay::planning
