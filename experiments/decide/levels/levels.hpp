#pragma once

#include <cstddef>
#include <vector>

#include "core/plan.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::decide {

/// Error rates of one metric's test. Effects are oriented: "below zero" is better, "above zero" is worse.
struct TestLevels {
  stats::SideLevels sides;
  double equivalence = 0.05;  ///< of "not worse by the margin" and of "not better by the margin", each
};

/// How many tests share the attempt's alpha (docs/methods/many-comparisons.md).
struct TestCounts {
  int comparisons = 1;  ///< that have the primary metric; if levels race, every pair of them
  int treatments = 1;
  int guards = 0;    ///< guard metrics of all comparisons together
  int controls = 0;  ///< control metrics of all comparisons together
};

/// Indices of the metrics of a role that apply to the workload.
[[nodiscard]] std::vector<std::size_t> metrics_of_role(const Plan& plan, MetricRole role, const Workload& workload);
/// Cells that have the primary metric; the others have nothing to decide.
[[nodiscard]] std::vector<std::size_t> compared_cells(const Plan& plan);
[[nodiscard]] TestCounts test_counts(const Plan& plan);

/// Levels of the primary metric in one comparison: alpha / comparisons if the claim is "any" (or the cells are only
/// shown beside a suite). If it is "all", the improving side has alpha / treatments, since every cell must show it, and
/// the worsening side alpha / comparisons, since one cell that shows it ends the experiment (rules 1: both sides had
/// alpha / treatments).
[[nodiscard]] TestLevels primary_levels(const Plan& plan, const TestCounts& counts);
/// Levels of the average over cells: alpha / treatments.
[[nodiscard]] TestLevels suite_levels(const Plan& plan, const TestCounts& counts);
/// Each guard shows "not worse by the margin" at alpha, since all must pass, and "worse" at alpha / guards.
[[nodiscard]] TestLevels guard_levels(const Plan& plan, const TestCounts& counts);

/// Levels of the control metrics. Each is tested at alpha / controls, both sides together, so that the chance of
/// calling any of them moved by mistake is at most alpha (Bonferroni, the first step of Holm).
[[nodiscard]] TestLevels control_levels(const Plan& plan, const TestCounts& counts);

/// Both sides together: the level of the two-sided test.
[[nodiscard]] double level_of(const stats::SideLevels& sides);
/// Confidence of an interval at these levels: 1 less both sides.
[[nodiscard]] double confidence_of(const stats::SideLevels& sides);

}  // namespace assay::decide
