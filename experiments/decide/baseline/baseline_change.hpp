#pragma once

#include <vector>

#include "core/record/baseline_figures.hpp"

namespace assay::decide {

/// Two baselines of one environment. They were not measured in turn, so a difference may be the machine's.
struct BaselinePair {
  const BaselineFigures& before;
  const BaselineFigures& after;
};

/// How much of the change of each cell's mean wall time each phase carries.
[[nodiscard]] BaselineChange baseline_change(const BaselinePair& pair);

/// Puts the largest change first, and the rest last.
void sort_by_size(std::vector<PhaseChange>& changes);

}  // namespace assay::decide
