#pragma once

#include <string>

#include "core/plan.hpp"
#include "core/result.hpp"
#include "core/variable.hpp"
#include "experiments/report/effect_text.hpp"

namespace assay::report {

/// An arm's label made safe for a line of text; "control" or "treatment" where it has none.
[[nodiscard]] std::string arm_name(const Plan& plan, ArmIndex arm);
[[nodiscard]] ArmNames arm_names(const Plan& plan, const Comparison& comparison);
/// "custom-html (warm)"; empty where the plan has but one cell.
[[nodiscard]] std::string cell_title(const Plan& plan, std::size_t cell);
/// "24 blocks", "1 quad": as the plan's design counts them; likewise "12 fresh blocks".
[[nodiscard]] std::string units_text(const Plan& plan, int count);
[[nodiscard]] std::string fresh_text(const Plan& plan, int count);
/// "24 of at most 200 blocks"; "24 blocks" where there is no cap.
[[nodiscard]] std::string out_of_text(const Plan& plan, int count, int cap);
/// What a comparison rests on: "24 blocks", "12 fresh blocks after 18".
[[nodiscard]] std::string extent_text(const Plan& plan, const Comparison& comparison);
/// The plan's metric that a result is about.
[[nodiscard]] const Metric& metric_of(const Plan& plan, const MetricResult& result);
/// The primary metric's result; it comes first.
[[nodiscard]] const MetricResult& primary_result(const Comparison& comparison);
/// Whether its effect is known, not estimated: each arm gave one and the same value in every trial.
[[nodiscard]] bool is_exact(const MetricResult& result);

}  // namespace assay::report
