#pragma once

#include <string>

#include "core/plan.hpp"
#include "core/record/record.hpp"
#include "core/result/result.hpp"

namespace assay::report {

// Plans and results that tests of the report start from; each test changes what it is about.

/// env READY_MODE: sleep -> poll, one workload, wall as primary metric with a margin of 3 %.
[[nodiscard]] Plan example_plan();
/// A guard of that name with a margin of 10 %, added to the plan.
Metric& add_guard(Plan& plan, const std::string& name);
/// A second workload, so that the plan has two cells.
void add_workload(Plan& plan, const std::string& name);

/// What 24 blocks show of a positive metric: `ratio` times control's value, known to within 2 %.
[[nodiscard]] MetricResult example_metric_result(double control_median, double ratio);
/// Improved by a factor of 1.21, 24 blocks, nothing failed.
[[nodiscard]] Comparison example_comparison();
/// One comparison, and the attempt's fields as that comparison has them.
[[nodiscard]] AttemptResult example_result(const Comparison& comparison);
/// The example, undecided between no effect and one beyond the margin.
[[nodiscard]] AttemptResult noisy_result();
[[nodiscard]] Record example_record();

/// The same with the plan's names of the cells and arms whose indices it has, and with the plan's metrics in their
/// order.
[[nodiscard]] Comparison named_after(const Plan& plan, Comparison comparison);
[[nodiscard]] AttemptResult named_after(const Plan& plan, AttemptResult result);

}  // namespace assay::report
