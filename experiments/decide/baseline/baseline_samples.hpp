#pragma once

#include <vector>

#include "core/record/baseline.hpp"
#include "core/record/baseline_figures.hpp"

namespace assay::decide {

/// The trials of one cell of a baseline, which must outlive this.
struct CellTrials {
  std::vector<const BaselineTrial*> all;
  std::vector<const BaselineTrial*> measured;
};

/// One for each cell of the plan. \throws Error if a trial names a cell that the plan does not have.
[[nodiscard]] std::vector<CellTrials> trials_by_cell(const Baseline& baseline);

/// They come from the measured trials.
[[nodiscard]] std::vector<double> wall_seconds(const CellTrials& trials);

/// The median with its interval. \param sorted  at least one value, ascending.
[[nodiscard]] MedianFigure median_figure(const std::vector<double>& sorted);

[[nodiscard]] double seconds_of(nanoseconds time);

}  // namespace assay::decide
