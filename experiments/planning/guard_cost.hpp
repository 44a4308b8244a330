#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/plan.hpp"

namespace assay::planning {

/// How many blocks a proportion guard needs before it can pass, if treatment never fails in a block in which control
/// succeeds.
struct GuardCost {
  std::string metric;
  double margin_points = 0;
  double alpha = 0;                   ///< of each guard
  int blocks_in_one_look = 0;         ///< the smallest n with (1 - margin)^n <= alpha
  std::optional<int> blocks_at_look;  ///< the first look of the plan that shows it; empty if none within the cap does
  friend bool operator==(const GuardCost&, const GuardCost&) = default;
};

/// The cost of every guard that is a proportion and has a margin. Empty for designs and protocols that compare shares
/// by other tests, since the cost then also depends on how often control fails.
[[nodiscard]] std::vector<GuardCost> guard_costs(const Plan& plan);

/// A claim that failures are rarer than a limit.
struct RareFailures {
  double limit = 0;  ///< share of blocks, above 0
  double alpha = 0;  ///< error rate of the claim
};
/// How many blocks without a failure show it in a single look.
[[nodiscard]] int blocks_without_failure(const RareFailures& claim);

}  // namespace assay::planning
