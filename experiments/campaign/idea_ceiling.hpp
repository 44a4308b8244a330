#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/record/baseline_figures.hpp"
#include "experiments/record/lab.hpp"

namespace assay::campaign {

/// What the lab's baselines say about an idea.
struct IdeaCeilings {
  std::vector<PhaseCeiling> cells;  ///< of the plan, in order, that a baseline reported the phase in
  bool is_reachable = true;         ///< some cell could gain the margin, or nobody knows
};

/// The most that the plan's idea could gain in each of its cells, from the newest baseline of the same environment that
/// has a workload and state of the same name and reported the phase. It is not reachable only if the primary metric is
/// wall time, every cell is known, and each one's upper end lies below the margin.
/// \pre plan.phase is not empty \throws Error if a baseline cannot be read.
[[nodiscard]] IdeaCeilings idea_ceilings(const record::Lab& lab, const Plan& plan);

}  // namespace assay::campaign
