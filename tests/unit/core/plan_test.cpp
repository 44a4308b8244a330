#include "core/plan.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace plan_tests {

Plan plan_with_attempts(int attempts, int attempt) {
  Plan plan;
  plan.protocol.attempts = attempts;
  plan.attempt = attempt;
  return plan;
}

TEST(AttemptAlpha, FirstAttemptGetsFourFifthsAndTheRestIsShared) {
  EXPECT_DOUBLE_EQ(attempt_alpha(plan_with_attempts(3, 1)), 0.04);
  EXPECT_DOUBLE_EQ(attempt_alpha(plan_with_attempts(3, 2)), 0.005);
  EXPECT_DOUBLE_EQ(attempt_alpha(plan_with_attempts(3, 3)), 0.005);
}

TEST(AttemptAlpha, OfAllAttemptsAddsUpToAlpha) {
  for (int attempts = 1; attempts <= 6; ++attempts) {
    double sum = 0;
    for (int attempt = 1; attempt <= attempts; ++attempt) sum += attempt_alpha(plan_with_attempts(attempts, attempt));
    EXPECT_NEAR(sum, 0.05, 1e-15) << attempts;
  }
}

TEST(AttemptAlpha, ExploratoryPlanHasAllOfItEachTime) {
  Plan plan = plan_with_attempts(3, 2);
  plan.exploratory = true;
  EXPECT_DOUBLE_EQ(attempt_alpha(plan), 0.05);
}

TEST(Cells, AreWorkloadsInTheirStates) {
  Plan plan;
  plan.states = {{"cold", 0}, {"warm", 1}};
  plan.workloads.resize(2);
  plan.workloads[0].name = "light";
  plan.workloads[0].states = {"warm", "cold"};
  plan.workloads[1].name = "heavy";
  plan.workloads[1].states = {"warm"};
  const std::vector<Cell> all = cells(plan);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(cell_name(plan, all[0]), "light (warm)");
  EXPECT_EQ(cell_name(plan, all[1]), "light (cold)");
  EXPECT_EQ(cell_name(plan, all[2]), "heavy (warm)");
}

}  // namespace plan_tests
}  // namespace assay
