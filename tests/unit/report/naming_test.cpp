#include "experiments/report/naming.hpp"

#include <gtest/gtest.h>

#include "tests/unit/report/example_results.hpp"

namespace assay::report {
namespace naming_tests {

TEST(ArmName, IsTheLabelMadeSafe) {
  Plan plan = example_plan();
  plan.variable.levels[1].label = "new\x1b[2J";
  EXPECT_EQ(arm_name(named_arm(plan, 1)), "new\\x1b[2J");
  plan.variable.levels[1].label.clear();
  EXPECT_EQ(arm_name(named_arm(plan, 1)), "treatment");
}

TEST(CellTitle, IsEmptyWhereThereIsButOneCell) {
  Plan plan = example_plan();
  EXPECT_EQ(cell_title(named_cell(plan, 0)), "");
  add_workload(plan, "wiki");
  EXPECT_EQ(cell_title(named_cell(plan, 1)), "wiki");
}

}  // namespace naming_tests
}  // namespace assay::report
