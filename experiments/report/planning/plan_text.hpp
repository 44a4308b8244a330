#pragma once

#include <string>

#include "experiments/report/planning/plan_preview.hpp"

namespace assay::report {

/// For people: a labelled line for each fact, then costs and chances.
[[nodiscard]] std::string plan_text(const PlanPreview& preview);

}  // namespace assay::report
