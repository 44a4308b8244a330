#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "experiments/planning/guard_cost.hpp"

namespace assay::report {

/// A line for each guard, and one that relates blocks to failure rates; empty if there is no such guard.
[[nodiscard]] std::string guard_costs_text(const std::vector<planning::GuardCost>& costs);
[[nodiscard]] nlohmann::json guard_costs_json(const std::vector<planning::GuardCost>& costs);

}  // namespace assay::report
