#pragma once

#include <string>
#include <vector>

#include "core/record/baseline_figures.hpp"

namespace assay::report {

/// What to try first, at most three, from the phases that take most time over all workloads and states:
/// "`pull`: 62.0 % of deploy (cold), 1.24 s of 2.00 s a run". Time that is in no phase comes first if it takes more
/// than any phase does: nobody knows yet what it is.
[[nodiscard]] std::vector<std::string> levers(const BaselineFigures& figures);

}  // namespace assay::report
