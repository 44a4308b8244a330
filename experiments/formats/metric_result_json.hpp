#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/formats/field.hpp"

namespace assay::formats {

/// One metric of one comparison, or of the suite.
[[nodiscard]] nlohmann::json metric_result_json(const MetricResult& result);
/// \param plan  has the metric.
[[nodiscard]] MetricResult metric_result_at(const Plan& plan, const Field& place);

/// The figures of one arm.
[[nodiscard]] nlohmann::json arm_json(const ArmSummary& arm);
[[nodiscard]] ArmSummary arm_at(const Field& place);

[[nodiscard]] nlohmann::json diagnostic_json(const Diagnostic& diagnostic);
[[nodiscard]] Diagnostic diagnostic_at(const Field& place);

[[nodiscard]] nlohmann::json check_result_json(const CheckResult& check);
[[nodiscard]] CheckResult check_result_at(const Field& place);

}  // namespace assay::formats
