#pragma once

#include "core/record/baseline.hpp"
#include "core/record/baseline_figures.hpp"

namespace assay::decide {

/// The confidence of a baseline's intervals is at least this.
inline constexpr double kBaselineConfidence = 0.95;

/// Medians, spreads, intervals, phases, failures and timeouts, which follow from the trials only. Void trials (a hook
/// failed, a state was not proven) count as failures of their cell. docs/methods/baselines.md
[[nodiscard]] BaselineFigures baseline_figures(const Baseline& baseline);

}  // namespace assay::decide
