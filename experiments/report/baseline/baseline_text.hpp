#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/record/baseline.hpp"
#include "core/record/baseline_figures.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// A baseline for people on a terminal: a line for each metric of each cell, then what a reader has to know.
[[nodiscard]] std::string baseline_text(const Baseline& baseline, const BaselineFigures& figures,
                                        const TextStyle& style);

/// The phases of each cell as bars, the largest share first, and the levers. Says so if no trial reported a span.
[[nodiscard]] std::string phases_text(const BaselineFigures& figures, const TextStyle& style);

/// How much of the change of each cell each phase carries.
[[nodiscard]] std::string baseline_change_text(const BaselineChange& change);

/// The same for two arms of an experiment, in the blocks in which both were measured.
[[nodiscard]] std::string arm_change_text(const ArmChange& change);
/// "-0.620 to -0.580 s": the interval of a phase's change in a block; empty if there is none.
[[nodiscard]] std::string change_interval_text(const PhaseChange& phase);
/// "site (warm): mean 2.00 s -> 1.50 s, -0.500 s (-25.0 %)"; of an experiment with the number of its blocks. Foreign
/// text is as it is.
[[nodiscard]] std::string cell_change_headline(const CellChange& cell);

/// The figures for programs: an array with an object for each cell.
[[nodiscard]] nlohmann::json baseline_cells_json(const BaselineFigures& figures);
[[nodiscard]] nlohmann::json timeouts_json(const BaselineFigures& figures);
[[nodiscard]] nlohmann::json baseline_change_json(const BaselineChange& change);
[[nodiscard]] nlohmann::json arm_change_json(const ArmChange& change);
/// An object with "arms" and "changes".
[[nodiscard]] nlohmann::json experiment_phases_json(const ExperimentPhases& phases);

}  // namespace assay::report
