#pragma once

#include <nlohmann/json_fwd.hpp>

#include "experiments/report/planning/plan_preview.hpp"

namespace assay::report {

/// For programs: what `assay plan --json` prints, with the whole plan in it.
[[nodiscard]] nlohmann::json plan_document(const PlanPreview& preview);

}  // namespace assay::report
