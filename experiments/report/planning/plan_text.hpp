#pragma once

#include <string>

#include "experiments/report/planning/plan_preview.hpp"

namespace assay::report {

/// For people: a labelled line for each fact, then costs and chances.
[[nodiscard]] std::string plan_text(const PlanPreview& preview);

/// "site (warm): at most 41.2 % of the time, interval 38.0 % to 44.1 %, if pull took none; by 0001-baseline".
[[nodiscard]] std::string ceiling_text(const PhaseCeiling& ceiling);

}  // namespace assay::report
