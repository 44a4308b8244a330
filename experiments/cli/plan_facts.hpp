#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "experiments/decide/levels.hpp"

namespace assay::cli {

/// Blocks that show an effect of this size, in percent of control.
struct EffectCost {
  double percent = 0;
  int blocks = 0;
};

/// What the protocol can show where trials are as noisy as this.
struct NoiseForecast {
  Percent noise;  ///< standard deviation of one trial
  double detectable_percent = 0;
  int blocks_for_equivalence = 0;     ///< where there is no effect
  std::vector<EffectCost> to_detect;  ///< from the margin on; none at kappa 1 for the margin itself
};

/// What running a plan would do, cost and show; computed before anything is run.
struct PlanFacts {
  decide::TestCounts counts;
  decide::TestLevels levels;  ///< of the primary metric: the suite's where that is the claim
  std::vector<int> looks;
  std::vector<BlockOrder> first_orders;  ///< of the first cell
  std::optional<int> most_trials;        ///< if every cell goes to the cap; reruns aside; nothing where there is none
  int warmup_trials = 0;
  std::optional<NoiseForecast> forecast;
};

/// \param noise  a guess; nothing: no forecast.
/// \throws Error where a guess of the noise is not above 0, the primary metric is a proportion or the design costly.
[[nodiscard]] PlanFacts plan_facts(const Plan& plan, const std::optional<Percent>& noise);

}  // namespace assay::cli
