#include "experiments/planning/guard_cost.hpp"

#include <gtest/gtest.h>

namespace assay::planning {
namespace guard_cost_tests {

Plan plan_with_share_guard(double margin_points) {
  Plan plan;
  plan.variable.levels.resize(2);
  plan.states = {{"warm", 0}};
  plan.workloads.resize(1);
  plan.workloads[0].states = {"warm"};
  plan.metrics = {*find_built_in_metric("wall")};
  plan.metrics[0].role = MetricRole::primary;
  plan.metrics[0].margin = Percent{3};
  Metric& guard = plan.metrics.emplace_back();
  guard.name = "deploys_ok";
  guard.kind = MetricKind::proportion;
  guard.role = MetricRole::guard;
  guard.margin = Percent{margin_points};
  plan.protocol.max_blocks = 60;
  return plan;
}

TEST(GuardCosts, AreTheBlocksWithoutAFailureThatShowTheMargin) {
  const std::vector<GuardCost> costs = guard_costs(plan_with_share_guard(10));
  ASSERT_EQ(costs.size(), 1U);
  EXPECT_EQ(costs[0].metric, "deploys_ok");
  EXPECT_DOUBLE_EQ(costs[0].alpha, 0.04);      // the first attempt's share of 0.05
  EXPECT_EQ(costs[0].blocks_in_one_look, 31);  // 0.9^31 = 0.038, 0.9^30 = 0.042
  ASSERT_TRUE(costs[0].blocks_at_look);
  EXPECT_GE(*costs[0].blocks_at_look, 31);
}

TEST(GuardCosts, NameNoLookIfTheCapIsTooSmall) {
  const std::vector<GuardCost> costs = guard_costs(plan_with_share_guard(1));
  ASSERT_EQ(costs.size(), 1U);
  EXPECT_EQ(costs[0].blocks_in_one_look, 321);  // 0.99^321 = 0.0397
  EXPECT_EQ(costs[0].blocks_at_look, std::nullopt);
}

TEST(GuardCosts, AreUnknownToAnytimeProtocols) {
  Plan plan = plan_with_share_guard(10);
  plan.protocol.looks = LookMode::anytime;
  EXPECT_TRUE(guard_costs(plan).empty());
}

TEST(BlocksWithoutFailure, AreOneForALimitThatAnyBlockShows) {
  EXPECT_EQ(blocks_without_failure({.limit = 1, .alpha = 0.05}), 1);
}

}  // namespace guard_cost_tests
}  // namespace assay::planning
