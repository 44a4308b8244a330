#pragma once

#include "core/check.hpp"
#include "experiments/trial/checks/check_rule.hpp"

namespace assay::trial {

/// The tests in the report must be those of the first trial of control.
[[nodiscard]] CheckRule rule_for(const TestInventoryCheck& check);

}  // namespace assay::trial
