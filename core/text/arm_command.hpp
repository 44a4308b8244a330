#pragma once

#include <string>

#include "core/plan.hpp"

namespace assay {

/// The arm's command as a shell would read it: "READY_MODE=poll ./deploy.sh custom-html". Empty if the plan runs
/// nothing, because its values were measured elsewhere.
[[nodiscard]] std::string arm_command(const Plan& plan, const Cell& cell, ArmIndex arm);

}  // namespace assay
