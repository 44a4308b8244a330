#pragma once

#include "core/plan.hpp"

namespace assay::campaign {

/// The plan with control as its only arm and a trial as its block, so that everything which runs trials runs only that.
[[nodiscard]] Plan control_plan(Plan plan);

}  // namespace assay::campaign
