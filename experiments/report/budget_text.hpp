#pragma once

#include <string>

#include "core/result/budget_use.hpp"

namespace assay::report {

/// "kept, 812 MB of 1.07 GB"; "breached, 1.21 GB of 1.07 GB"; "not known: 5 trials could not be measured".
[[nodiscard]] std::string budget_text(const BudgetUse& use);

/// "memory 1.07 GB, 2 CPUs": the limits of a budget.
[[nodiscard]] std::string budget_limits_text(const Budget& budget);

}  // namespace assay::report
