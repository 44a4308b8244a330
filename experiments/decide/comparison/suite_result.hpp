#pragma once

#include "core/result/result.hpp"
#include "experiments/decide/comparison/attempt_result.hpp"

namespace assay::decide {

/// The result of the average over cells for one treatment.
[[nodiscard]] SuiteResult suite_result(const ComparisonAnalysis& analysis, const SuiteEvidence& suite);

}  // namespace assay::decide
