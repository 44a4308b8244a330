#include <functional>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace filler_blocks_tests {

// Two workloads run side by side. "work2" is decided long before "work", and runs on beside it.

constexpr int kCap = 40;

Plan plan_of_a_group() {
  Plan plan = plan_of_cells(2);
  plan.protocol.max_blocks = kCap;
  plan.groups = {{0, 1}};
  return plan;
}

/// \param late  makes treatment's trial of "work2" from block 25 on
Comparison second_workload(const std::function<Trial(double seconds)>& late) {
  const Plan plan = plan_of_a_group();
  AttemptAnalysis analysis(plan);
  for (int number = 1; number <= kCap && !analysis.finished(); ++number) {
    Block first = drawn_block(plan, number, {.log_ratio = 0, .noise = 0.2});
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.5}, 1, number);
    Block second = block_of(plan, number, {measured(control), number < 25 ? measured(treatment) : late(treatment)}, 1);
    first.beside = {1};
    second.beside = {0};
    analysis.add(first);
    analysis.add(second);
  }
  return analysis.result().comparisons.at(1);
}

TEST(FillerBlocks, LeaveTheFiguresAsTheyWereDecided) {
  const Comparison comparison = second_workload([](double seconds) { return measured(seconds); });
  EXPECT_EQ(comparison.decision, Decision::keep);
  EXPECT_LT(comparison.blocks, 25);
  const Comparison slower = second_workload([](double seconds) { return measured(10 * seconds); });
  EXPECT_EQ(slower.metrics, comparison.metrics);
  EXPECT_EQ(slower.decision, Decision::keep);
}

TEST(FillerBlocks, TakeAKeepBackIfTreatmentFailsInThem) {
  const Comparison comparison = second_workload([](double) { return failed(); });
  EXPECT_EQ(comparison.verdict, Verdict::improved);
  EXPECT_NE(comparison.decision, Decision::keep);
  EXPECT_GT(comparison.failed_treatment, 0);
  EXPECT_LT(comparison.blocks, 25);
}

TEST(FillerBlocks, TakeAKeepBackIfACheckFailsInThem) {
  const Comparison comparison = second_workload([](double) { return failed(CheckFailed{"same", "it differs"}); });
  EXPECT_NE(comparison.decision, Decision::keep);
}

}  // namespace filler_blocks_tests
}  // namespace assay::decide
