#pragma once

#include "core/check.hpp"
#include "experiments/trial/checks/check_rule.hpp"

namespace assay::trial {

/// The digest of the output must be that of the first trial of control.
[[nodiscard]] CheckRule rule_for(const SameOutputCheck& check);

}  // namespace assay::trial
