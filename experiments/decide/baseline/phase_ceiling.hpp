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

/// Shares of a trial's wall time, as medians over the measured trials with their intervals.
struct CeilingShares {
  MedianFigure most;  ///< if what nothing decides is a part of what it lies within
  std::optional<MedianFigure> if_beside =
      {};  ///< if it goes on beside it; std::nullopt: the spans of all trials decide it
  friend bool operator==(const CeilingShares&, const CeilingShares&) = default;
};

/// The most that a trial could gain if the phase took no time: the share of its time in which nothing else went on.
/// Amdahl's law, trial by trial. A trial without the phase counts as 0. std::nullopt if the baseline does not have the
/// cell, or no trial of it reported the phase. docs/methods/pipeline.md
[[nodiscard]] std::optional<CeilingShares> phase_ceiling(const Baseline& baseline, const CeilingQuestion& question);

}  // namespace assay::decide
