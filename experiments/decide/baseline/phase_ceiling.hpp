#pragma once

#include <optional>
#include <string>

#include "core/record/baseline.hpp"
#include "core/record/baseline_figures.hpp"

namespace assay::decide {

/// The phase of an idea, in one cell.
struct CeilingQuestion {
  std::string workload;
  std::string state;
  std::string phase;
};

/// The most that a run could gain if the phase took no time: the share of its time in which nothing else went on, as a
/// median over the measured runs with its interval. Amdahl's law, run by run. A run without the phase counts as 0.
/// std::nullopt if the baseline does not have the cell, or no trial of it reported the phase. docs/methods/pipeline.md
[[nodiscard]] std::optional<MedianFigure> phase_ceiling(const Baseline& baseline, const CeilingQuestion& question);

}  // namespace assay::decide
