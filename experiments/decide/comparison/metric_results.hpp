#pragma once

#include "core/result/metric_result.hpp"
#include "experiments/decide/comparison/comparison_evidence.hpp"

namespace assay::decide {

/// One metric of a comparison with the figures of both arms. \param test  index among the comparison's tests.
[[nodiscard]] MetricResult metric_result(const ComparisonEvidence& evidence, std::size_t test,
                                         double autocorrelation_factor);

/// One metric after the last look of its test, without the figures of the arms.
[[nodiscard]] MetricResult metric_result(const MetricTest& test);

}  // namespace assay::decide
