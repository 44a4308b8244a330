#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/plan.hpp"

namespace assay::cli {

/// What a guard that is a proportion costs: blocks in which treatment must not fail alone before it passes.
struct GuardCost {
  std::string metric;
  double margin_points = 0;
  double alpha = 0;                   ///< of each guard
  int blocks_in_one_look = 0;         ///< the least there is: (1 - margin)^n <= alpha
  std::optional<int> blocks_at_look;  ///< the first look of the plan that shows it; nothing: none within the cap
};

/// Of every proportion that guards with a margin.
[[nodiscard]] std::vector<GuardCost> guard_costs(const Plan& plan);
[[nodiscard]] std::string guard_costs_text(const std::vector<GuardCost>& costs);
[[nodiscard]] nlohmann::json guard_costs_json(const std::vector<GuardCost>& costs);

}  // namespace assay::cli
