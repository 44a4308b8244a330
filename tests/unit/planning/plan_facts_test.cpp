#include "experiments/planning/plan_facts.hpp"

#include <gtest/gtest.h>

#include "experiments/design/schedule.hpp"
#include "tests/support/message_of.hpp"

namespace assay::planning {
namespace plan_facts_tests {

Plan plan_of_two_cells() {
  Plan plan;
  plan.variable.levels.resize(2);
  plan.states = {{"cold", 0}, {"warm", 2}};
  plan.workloads.resize(1);
  plan.workloads[0].states = {"cold", "warm"};
  plan.metrics = {*find_built_in_metric("wall")};
  plan.metrics[0].role = MetricRole::primary;
  plan.metrics[0].margin = Percent{3};
  plan.protocol.max_blocks = 30;
  return plan;
}

TEST(PlanFacts, CountTrialsOfAllCellsAtTheCap) {
  const PlanFacts facts = plan_facts(plan_of_two_cells(), std::nullopt);
  EXPECT_EQ(facts.most_trials, 120);  // 30 blocks of 2 arms in 2 cells
  EXPECT_EQ(facts.warmup_trials, 4);  // 2 for each arm of the warm cell
  EXPECT_EQ(facts.counts.comparisons, 2);
  EXPECT_DOUBLE_EQ(facts.levels.sides.below_zero, 0.8 * 0.05 / 4);
  EXPECT_EQ(facts.looks, (std::vector<int>{6, 8, 9, 12, 15, 18, 23, 30}));
  EXPECT_FALSE(facts.forecast.has_value());
}

TEST(PlanFacts, ShowTheOrdersThatWillBeRun) {
  const Plan plan = plan_of_two_cells();
  const PlanFacts facts = plan_facts(plan, std::nullopt);
  ASSERT_EQ(facts.first_orders.size(), 10U);
  for (int number = 1; number <= 10; ++number) {
    EXPECT_EQ(facts.first_orders[static_cast<std::size_t>(number) - 1], design::block_order(plan, 0, number));
  }
}

TEST(PlanFacts, ForecastFewerBlocksForLargerEffectsAndMoreForNoise) {
  Plan plan = plan_of_two_cells();
  const auto blocks = [&](double noise) { return plan_facts(plan, Percent{noise}).forecast.value().to_detect; };
  EXPECT_GT(blocks(5)[0].blocks, blocks(5)[1].blocks);
  EXPECT_GT(blocks(10)[0].blocks, blocks(5)[0].blocks);
  EXPECT_DOUBLE_EQ(blocks(5)[0].percent, 3);
}

TEST(PlanFacts, ForecastNothingAtTheMarginWhereKappaIsOne) {
  // The interval would have to clear the very effect.
  Plan plan = plan_of_two_cells();
  plan.protocol.kappa = 1;
  EXPECT_DOUBLE_EQ(plan_facts(plan, Percent{5}).forecast.value().to_detect[0].percent, 4.5);
}

TEST(PlanFacts, RefuseANoiseThatIsNone) {
  EXPECT_EQ(test::message_of([] { (void)plan_facts(plan_of_two_cells(), Percent{0}); }), "it must be above 0%");
}

}  // namespace plan_facts_tests
}  // namespace assay::planning
