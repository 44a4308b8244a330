#pragma once

#include <vector>

#include "experiments/decide/baseline/baseline_samples.hpp"

namespace assay::decide {

/// The phases of a cell's measured trials as a Pareto list: the largest share of the wall time first, and last the
/// rest, which is in no phase. Empty if no trial reported a span.
[[nodiscard]] std::vector<BaselinePhase> phase_figures(const CellTrials& trials);

/// Adds what the trials reported of their phases, those that failed apart, and what was refused of that: everything of
/// a cell but its name, failures and metrics.
void add_phase_figures(BaselineCell& cell, const CellTrials& trials);

}  // namespace assay::decide
