#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::decide {

/// Error rates of one metric's test. Effects are oriented: "below zero" is better, "above zero" worse.
struct TestLevels {
  stats::SideLevels sides;
  double equivalence = 0.05;  ///< of not worse and of not better by the margin, each
};

/// How many tests share the attempt's alpha (docs/methods/many-comparisons.md).
struct TestCounts {
  int comparisons = 1;  ///< that have the primary metric; of racing levels every pair
  int treatments = 1;
  int guards = 0;  ///< guard metrics of all comparisons together
};

/// Metrics of a role that apply to the workload, by index.
[[nodiscard]] std::vector<std::size_t> metrics_of_role(const Plan& plan, MetricRole role, const Workload& workload);
/// Cells that have the primary metric; the others have nothing to decide.
[[nodiscard]] std::vector<std::size_t> compared_cells(const Plan& plan);
[[nodiscard]] TestCounts test_counts(const Plan& plan);

/// Of the primary metric in one comparison: alpha / comparisons where the claim is "any" (or the cells are only shown
/// beside a suite), alpha / treatments where it is "all".
[[nodiscard]] TestLevels primary_levels(const Plan& plan, const TestCounts& counts);
/// Of the average over cells: alpha / treatments.
[[nodiscard]] TestLevels suite_levels(const Plan& plan, const TestCounts& counts);
/// Not worse by the margin at alpha for each guard, since all must pass; that one is worse, at alpha / guards.
[[nodiscard]] TestLevels guard_levels(const Plan& plan, const TestCounts& counts);

/// How long trials take, as far as the looks depend on it.
enum class TrialLength {
  brief,
  minutes,  ///< one or more: a block then costs more than the few blocks that looking after every one adds
};

/// By the median over blocks of the geometric mean of their trials' wall times. Swapping the arms of any block changes
/// no such mean, under no effect nor under a constant factor: looks that are chosen by it, before the first one, leave
/// the sign of each effect the fair coin that it was.
[[nodiscard]] TrialLength trial_length(std::span<const Block> blocks);

/// Blocks at which the attempt looks; of an anytime protocol the first alone.
[[nodiscard]] std::vector<int> looks_of(const Protocol& protocol, TrialLength length = TrialLength::brief);

/// The looks instead of those planned, by the trials of the blocks of the first one, which both must have in common;
/// the planned ones where they have not.
[[nodiscard]] std::vector<int> looks_after_first(const Protocol& protocol, const std::vector<int>& planned,
                                                 std::span<const Block> first_blocks);

/// Blocks at the next look, after so many; anytime after every block from the first look on, with no end.
[[nodiscard]] int look_after(const Protocol& protocol, const std::vector<int>& looks, std::size_t done);

/// Of an interval at these levels: 1 less both sides.
[[nodiscard]] double confidence_of(const stats::SideLevels& sides);

}  // namespace assay::decide
