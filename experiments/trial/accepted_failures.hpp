#pragma once

#include <string>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"

namespace assay::trial {

/// Which arms failed and count as measured all the same, because the plan accepts their exit codes, if that happened to
/// some arms more often than to others: "8 of 8 trials of `tool` exited 1, and none of control; ...". One for each
/// cell.
[[nodiscard]] std::vector<std::string> accepted_failure_notes(const Plan& plan, const std::vector<Block>& blocks);

}  // namespace assay::trial
