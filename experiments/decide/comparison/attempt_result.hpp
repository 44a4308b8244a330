#pragma once

#include <span>

#include "core/result/result.hpp"
#include "experiments/decide/comparison/comparison_analysis.hpp"

namespace assay::decide {

/// What the average over cells rests on for one treatment.
struct SuiteEvidence {
  ArmIndex treatment = 1;
  const MetricTest& primary;
  PairedSeries series;  ///< averaged over cells
};

/// The result so far. \param suites  one for each treatment if the claim is the suite; empty otherwise.
/// Cost: one p-value for each metric of each comparison.
[[nodiscard]] AttemptResult attempt_result(const ComparisonAnalysis& analysis, std::span<const SuiteEvidence> suites);

}  // namespace assay::decide
