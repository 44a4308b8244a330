#pragma once

#include "core/check.hpp"
#include "experiments/trial/checks/check_rule.hpp"

namespace assay::trial {

/// What a trial leaves behind is found by `LeakWatch`.
[[nodiscard]] CheckRule rule_for(const NoLeaksCheck& check);

}  // namespace assay::trial
