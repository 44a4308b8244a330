#include "experiments/engine/slurm/cluster_objection.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_plan.hpp"

namespace assay::engine {
namespace cluster_objection_tests {

Plan plan_of_rules_2() {
  Plan plan = test::small_plan(test::environment_variable("FAST"), {"true"});
  plan.rules = kNewestRules;
  return plan;
}

TEST(ClusterObjection, IsNoneToBlocksThatKeepToThemselves) {
  EXPECT_EQ(cluster_objection(plan_of_rules_2()), std::nullopt);
}

TEST(ClusterObjection, IsMadeToFilesThatTrialsWriteInASharedFolder) {
  Plan plan = plan_of_rules_2();
  plan.workloads[0].results = "results.json";
  EXPECT_NE(cluster_objection(plan).value().find("trials of work write results.json"), std::string::npos);
}

TEST(ClusterObjection, IsMadeToASwappedFile) {
  Plan plan = plan_of_rules_2();
  plan.variable.kind = VariableKind::file;
  EXPECT_NE(cluster_objection(plan).value().find("make it a patch"), std::string::npos);
}

TEST(ClusterObjection, IsMadeToBlocksOfOneTrial) {
  Plan plan = plan_of_rules_2();
  plan.protocol.design = Design::costly;
  EXPECT_NE(cluster_objection(plan).value().find("different nodes"), std::string::npos);
}

TEST(ClusterObjection, IsMadeToUnannouncedTrials) {
  Plan plan = plan_of_rules_2();
  plan.vigilant = true;
  EXPECT_TRUE(cluster_objection(plan));
}

TEST(ClusterObjection, IsMadeToRulesThatForgetLostBlocks) {
  Plan plan = plan_of_rules_2();
  plan.rules = kOldestRules;
  EXPECT_TRUE(cluster_objection(plan));
}

}  // namespace cluster_objection_tests
}  // namespace assay::engine
