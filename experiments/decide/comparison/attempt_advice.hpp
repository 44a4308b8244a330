#pragma once

#include <span>

#include "core/result/result.hpp"
#include "experiments/decide/comparison/attempt_result.hpp"

namespace assay::decide {

/// Advice for the comparison, or the average, that needs most among those that are not settled.
/// \param result  has its comparisons and averages.
[[nodiscard]] Advice attempt_advice(const ComparisonAnalysis& analysis, std::span<const SuiteEvidence> suites,
                                    const AttemptResult& result);

}  // namespace assay::decide
