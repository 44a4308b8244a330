#pragma once

#include "core/check.hpp"
#include "experiments/trial/checks/check_rule.hpp"

namespace assay::trial {

/// Every arm is challenged before the first block (`challenge_isolation`).
[[nodiscard]] CheckRule rule_for(const IsolationCheck& check);

}  // namespace assay::trial
