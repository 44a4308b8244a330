#pragma once

#include <optional>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "experiments/decide/levels/levels.hpp"

namespace assay::planning {

/// How many blocks it takes to show an effect of this size.
struct EffectCost {
  double percent = 0;  ///< of control
  int blocks = 0;
  friend bool operator==(const EffectCost&, const EffectCost&) = default;
};

/// What the protocol can show if trials are this noisy.
struct NoiseForecast {
  Percent noise;                      ///< standard deviation of one trial
  double detectable_percent = 0;      ///< smallest effect that the cap of blocks can show
  int blocks_for_equivalence = 0;     ///< if there is no effect
  std::vector<EffectCost> to_detect;  ///< from the margin upwards; at kappa 1 the margin itself cannot be shown
};

/// What running a plan would do, cost and show, computed before anything is run.
struct PlanFacts {
  decide::TestCounts counts;
  decide::TestLevels levels;  ///< of the primary metric; those of the suite if the claim is about the suite
  std::vector<int> looks;
  std::vector<BlockOrder> first_orders;  ///< of the first cell
  /// Trials if every cell goes to the cap, without blocks that are run again; empty if the plan has no cap.
  std::optional<int> most_trials;
  /// The same counted by turns, in which one trial of each workload of a group runs at once; empty if none do.
  std::optional<int> most_turns;
  int warmup_trials = 0;
  std::optional<NoiseForecast> forecast;
};

/// \param noise  a guess of the standard deviation of one trial; without it there is no forecast.
/// \throws Error if the guess is not above 0, the primary metric is a proportion, or the design is costly.
[[nodiscard]] PlanFacts plan_facts(const Plan& plan, const std::optional<Percent>& noise);

}  // namespace assay::planning
