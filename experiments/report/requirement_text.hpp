#pragma once

#include <string>

#include "core/requirement_change.hpp"
#include "core/result/budget_use.hpp"

namespace assay::report {

/// "check same output is gone (it failed in 0001-poll)", "guard-margin mem is 30 %, was 5 % (in 0001-poll); allowed:
/// ...".
[[nodiscard]] std::string change_text(const RequirementChange& change);

/// "kept, 812 MB of 1.07 GB"; "breached, 1.21 GB of 1.07 GB"; "not known, no figure for a limit of 1.07 GB, 5 trials
/// could not be measured".
[[nodiscard]] std::string budget_text(const BudgetUse& use);

/// "memory 1.07 GB, 2 CPUs": the limits of a budget.
[[nodiscard]] std::string budget_limits_text(const Budget& budget);

}  // namespace assay::report
