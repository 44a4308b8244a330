#pragma once

#include "core/check.hpp"
#include "experiments/trial/checks/check_rule.hpp"

namespace assay::trial {

/// The command is run after every trial and must exit with 0.
[[nodiscard]] CheckRule rule_for(const CommandCheck& check);

}  // namespace assay::trial
