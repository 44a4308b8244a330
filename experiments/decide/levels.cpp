#include "experiments/decide/levels.hpp"

#include <algorithm>
#include <cmath>

#include "stats/sequential/looks.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// Whoever said beforehand where the effect would lie has most of alpha there, and still sees the contrary.
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
  }
  return counts;
}

TestLevels primary_levels(const Plan& plan, const TestCounts& counts) {
  const int tests = plan.protocol.claim == ClaimRule::all ? counts.treatments : counts.comparisons;
  return {sides_of(plan, tests), attempt_alpha_equivalence(plan)};
}

TestLevels suite_levels(const Plan& plan, const TestCounts& counts) {
  return {sides_of(plan, counts.treatments), attempt_alpha_equivalence(plan)};
}

TestLevels guard_levels(const Plan& plan, const TestCounts& counts) {
  const double side = attempt_alpha(plan) / (2 * std::max(counts.guards, 1));
  return {{side, side}, attempt_alpha(plan)};
}

std::vector<int> looks_of(const Protocol& protocol, TrialLength length) {
  if (protocol.fixed) return {protocol.max_blocks};
  if (is_costly(protocol.design)) return {protocol.min_blocks, protocol.max_blocks};
  if (protocol.anytime) return {std::max(stats::LookPlan{}.first, protocol.min_blocks)};
  stats::LookPlan plan;
  plan.first = std::max(plan.first, protocol.min_blocks);
  plan.cap = protocol.max_blocks;
  const bool every_block = protocol.look_every_block.value_or(length == TrialLength::minutes);
  plan.spacing = every_block ? stats::LookSpacing::every_block : stats::LookSpacing::geometric;
  return stats::look_schedule(plan);
}

TrialLength trial_length(std::span<const Block> blocks) {
  constexpr double kMinute = 60e9;
  std::vector<double> of_blocks;
  for (const Block& block : blocks) {
    double sum = 0;
    for (const Trial& trial : block.trials) {
      sum += std::log(static_cast<double>(std::max(trial.usage.wall, nanoseconds{1}).count()));
    }
    of_blocks.push_back(sum / static_cast<double>(block.trials.size()));
  }
  return !blocks.empty() && stats::median(of_blocks) >= std::log(kMinute) ? TrialLength::minutes : TrialLength::brief;
}

std::vector<int> looks_after_first(const Protocol& protocol, const std::vector<int>& planned,
                                   std::span<const Block> first_blocks) {
  std::vector<int> looks = looks_of(protocol, trial_length(first_blocks));
  return looks.front() == planned.front() ? looks : planned;
}

int look_after(const Protocol& protocol, const std::vector<int>& looks, std::size_t done) {
  return protocol.anytime ? looks.front() + static_cast<int>(done) : looks.at(done);
}

double confidence_of(const stats::SideLevels& sides) {
  return 1 - (sides.below_zero + sides.above_zero);
}

}  // namespace assay::decide
