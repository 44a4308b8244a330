#include "experiments/decide/baseline/stored_comparison.hpp"

#include <gtest/gtest.h>

#include "tests/unit/record/sample_baseline.hpp"

namespace assay::decide {
namespace stored_comparison_tests {

/// The sample baseline with every value that many times as large.
Baseline times(double factor) {
  Baseline baseline = record::sample_baseline();
  for (BaselineTrial& trial : baseline.trials) {
    for (std::optional<double>& value : trial.trial.values) *value *= factor;
  }
  return baseline;
}

std::vector<StoredComparison> against_sample(const Baseline& change) {
  const Baseline base = record::sample_baseline();
  return stored_comparisons({base, change}, {.alert = Percent{10}, .alpha = 0.05});
}

TEST(StoredComparison, OfEqualTrialsHasPassedInEveryCell) {
  const std::vector<StoredComparison> cells = against_sample(times(1));
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[0].cell, "site (cold)");
  EXPECT_EQ(cells[1].cell, "site (warm)");
  for (const StoredComparison& cell : cells) {
    EXPECT_EQ(cell.outcome, GateOutcome::passed);
    EXPECT_NEAR(cell.estimate_percent, 0, 1e-9);
    EXPECT_DOUBLE_EQ(cell.confidence, 1 - 0.05 / 2);  // two cells share alpha
  }
}

TEST(StoredComparison, OfALossBeyondTheThresholdHasRegressed) {
  for (const StoredComparison& cell : against_sample(times(1.3))) {
    EXPECT_EQ(cell.outcome, GateOutcome::regressed);
    EXPECT_NEAR(cell.estimate_percent, 30, 1e-9);
    EXPECT_GT(cell.interval_percent.low, 20);
  }
}

TEST(StoredComparison, OfALossAtTheThresholdIsInconclusive) {
  // Ten runs from 100 to 109 ms: the interval of a loss of 9 % goes beyond 10 %.
  EXPECT_EQ(against_sample(times(1.09))[1].outcome, GateOutcome::inconclusive);
}

TEST(StoredComparison, OfAGainHasPassed) {
  EXPECT_EQ(against_sample(times(0.5))[0].outcome, GateOutcome::passed);
}

TEST(StoredComparison, OfAMetricThatIsBetterHigherTurnsTheSign) {
  Baseline base = record::sample_baseline();
  base.plan.metrics[0].direction = Direction::higher;
  Baseline change = times(0.7);
  change.plan = base.plan;
  EXPECT_EQ(stored_comparisons({base, change}, {.alert = Percent{10}, .alpha = 0.05})[0].outcome,
            GateOutcome::regressed);
}

TEST(StoredComparison, OfAChangeThatFailsIsInvalid) {
  Baseline change = times(1);
  change.trials[1].trial.outcome = Exited{3};
  EXPECT_EQ(against_sample(change)[1].outcome, GateOutcome::invalid);
}

TEST(StoredComparison, OfACellThatTheBaselineLacksIsInconclusive) {
  Baseline change = times(1);
  change.plan.workloads[0].name = "shop";
  for (const StoredComparison& cell : against_sample(change)) EXPECT_EQ(cell.outcome, GateOutcome::inconclusive);
}

}  // namespace stored_comparison_tests
}  // namespace assay::decide
