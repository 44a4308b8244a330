#pragma once

#include <string>

#include "core/record/baseline.hpp"
#include "core/record/baseline_figures.hpp"

namespace assay::report {

// Words that the terminal's text and the documents of a baseline share. Foreign text is as it is.

/// "deploy in local: 2 workloads x 2 states, 10 runs each".
[[nodiscard]] std::string baseline_headline(const Baseline& baseline);

/// "pull"; for the empty name, which stands for the time that is in no phase, "(in no phase)".
[[nodiscard]] std::string phase_name(const std::string& name);

/// "deploy (warm)".
[[nodiscard]] std::string cell_title(const BaselineCell& cell);

/// "10 of 12 measured; 2 exited 3".
[[nodiscard]] std::string trials_text(const BaselineCell& cell);

/// "4.31 s, 95 % interval 4.20 to 4.44 s", or why there is no interval. Empty without values.
[[nodiscard]] std::string median_text(const MedianFigure& figure, const std::string& unit);

/// Why the number of runs is too small: "6 runs give no 95 % interval ..."; empty if it is not.
[[nodiscard]] std::string shortage_text(const BaselineMetric& metric);

/// "deploy: timeout 1 h; the slowest trial took 12 s: 40 s is enough".
[[nodiscard]] std::string timeout_text(const TimeoutAdvice& advice);

/// "41.3 %".
[[nodiscard]] std::string percent_of_share(double share);

/// "cpu": what a phase is bound by; "-" if its spans do not report it, or in too few trials.
[[nodiscard]] std::string bound_text(const BaselinePhase& phase);

/// "cpu 97.0 %, io 0.0 %, memory 0.0 %, waiting 3.0 %"; empty if its spans do not report it.
[[nodiscard]] std::string spending_text(const BaselinePhase& phase);

/// What had ended in trials that failed or were killed: "of the 6 trials that failed, and are in no figure, these spans
/// had ended: pull in 6 trials, mean 35.1 ms"; empty if nothing had.
[[nodiscard]] std::string unmeasured_phases_text(const BaselineCell& cell);
/// "3 lines or spans were refused: line 2 of the spans is no span: ..."; empty if none was.
[[nodiscard]] std::string refusals_text(const BaselineCell& cell);

}  // namespace assay::report
