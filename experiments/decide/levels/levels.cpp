#include "experiments/decide/levels/levels.hpp"

#include <algorithm>

#include "experiments/decide/numbered_rules/rule_set.hpp"

namespace assay::decide {
namespace {

/// A direction that was declared beforehand gets most of alpha, and the contrary is still seen.
constexpr double kShareOfExpectedSide = 0.9;

stats::SideLevels sides_of(const Plan& plan, int tests) {
  const double alpha = attempt_alpha(plan) / std::max(tests, 1);
  switch (plan.protocol.sidedness) {
    case Sidedness::two_sided:
      break;
    case Sidedness::expect_better:
      return {kShareOfExpectedSide * alpha, (1 - kShareOfExpectedSide) * alpha};
    case Sidedness::expect_worse:
      return {(1 - kShareOfExpectedSide) * alpha, kShareOfExpectedSide * alpha};
  }
  return {alpha / 2, alpha / 2};
}

}  // namespace

std::vector<std::size_t> metrics_of_role(const Plan& plan, MetricRole role, const Workload& workload) {
  std::vector<std::size_t> found;
  for (std::size_t index = 0; index < plan.metrics.size(); ++index) {
    const Metric& metric = plan.metrics[index];
    if (metric.role == role && applies_to(metric.workloads, workload.name)) found.push_back(index);
  }
  return found;
}

std::vector<std::size_t> compared_cells(const Plan& plan) {
  const std::vector<Cell> all = cells(plan);
  std::vector<std::size_t> compared;
  for (std::size_t cell = 0; cell < all.size(); ++cell) {
    if (!metrics_of_role(plan, MetricRole::primary, workload_of(plan, all[cell])).empty()) compared.push_back(cell);
  }
  return compared;
}

TestCounts test_counts(const Plan& plan) {
  const std::vector<std::size_t> compared = compared_cells(plan);
  const std::vector<Cell> all = cells(plan);
  TestCounts counts;
  const int arms = static_cast<int>(arm_count(plan));
  counts.treatments = arms - 1;
  counts.comparisons = (is_race(plan) ? arms * (arms - 1) / 2 : counts.treatments) * static_cast<int>(compared.size());
  for (const std::size_t cell : compared) {
    const Workload& workload = workload_of(plan, all[cell]);
    counts.guards += counts.treatments * static_cast<int>(metrics_of_role(plan, MetricRole::guard, workload).size());
    counts.controls +=
        counts.treatments * static_cast<int>(metrics_of_role(plan, MetricRole::control, workload).size());
  }
  return counts;
}

TestLevels primary_levels(const Plan& plan, const TestCounts& counts) {
  const bool all = plan.protocol.claim == ClaimRule::all;
  const bool divided = rules_of(plan).all_cells == AllCellsLevels::worse_is_divided;
  stats::SideLevels sides = sides_of(plan, all ? counts.treatments : counts.comparisons);
  if (all && divided) sides.above_zero = sides_of(plan, counts.comparisons).above_zero;
  return {sides, attempt_alpha_equivalence(plan)};
}

TestLevels suite_levels(const Plan& plan, const TestCounts& counts) {
  return {sides_of(plan, counts.treatments), attempt_alpha_equivalence(plan)};
}

TestLevels guard_levels(const Plan& plan, const TestCounts& counts) {
  const double side = attempt_alpha(plan) / (2 * std::max(counts.guards, 1));
  return {{side, side}, attempt_alpha(plan)};
}

TestLevels control_levels(const Plan& plan, const TestCounts& counts) {
  const double side = attempt_alpha(plan) / (2 * std::max(counts.controls, 1));
  return {{side, side}, attempt_alpha_equivalence(plan)};
}

double level_of(const stats::SideLevels& sides) {
  return sides.below_zero + sides.above_zero;
}

double confidence_of(const stats::SideLevels& sides) {
  return 1 - level_of(sides);
}

}  // namespace assay::decide
