#pragma once

#include <vector>

#include "experiments/adversary/reports/reading/passages.hpp"

namespace assay::adversary {

/// Marks the lines of goals that the document calls reached: "Goal: 100 % success ACHIEVED", or "Target: > 95 QPS"
/// above "Status:" with a check mark.
void mark_reached_goals(std::vector<Passage>& passages);

}  // namespace assay::adversary
