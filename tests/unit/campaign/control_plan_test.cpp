#include "experiments/campaign/control_plan.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_plan.hpp"

namespace assay::campaign {
namespace control_plan_tests {

TEST(ControlPlan, HasOnlyControl) {
  Plan plan = test::small_plan(test::environment_variable("FAST"));
  plan.protocol.design = Design::duet;
  const Level control = plan.variable.levels.front();
  const Plan reduced = control_plan(plan);
  EXPECT_EQ(reduced.variable.levels, (std::vector<Level>{control}));
  EXPECT_EQ(reduced.protocol.design, Design::blocks);
  EXPECT_EQ(arm_count(reduced), 1U);
}

}  // namespace control_plan_tests
}  // namespace assay::campaign
