#pragma once

#include <vector>

#include "core/result/result.hpp"
#include "experiments/decide/comparison/comparison_evidence.hpp"

namespace assay::decide {

/// Every condition of the data that a reader of this comparison should know, in a fixed order: those of the primary
/// metric's diagnosis, then those of blocks, of single metrics, and of the confirmation.
/// \param result  has its counts and metrics.
[[nodiscard]] std::vector<Diagnostic> comparison_diagnostics(const ComparisonEvidence& evidence,
                                                             const stats::Diagnosis& diagnosis,
                                                             const Comparison& result);

}  // namespace assay::decide
