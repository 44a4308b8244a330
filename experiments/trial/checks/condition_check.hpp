#pragma once

#include "core/check.hpp"
#include "experiments/trial/checks/check_rule.hpp"

namespace assay::trial {

/// Every condition must hold for the results of the trial. \throws Error for a condition that does not parse.
[[nodiscard]] CheckRule rule_for(const ConditionCheck& check);

}  // namespace assay::trial
