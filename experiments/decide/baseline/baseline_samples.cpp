#include "experiments/decide/baseline/baseline_samples.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/decide/baseline/baseline_figures.hpp"
#include "stats/median_interval.hpp"
#include "stats/summary.hpp"

namespace assay::decide {

std::vector<CellTrials> trials_by_cell(const Baseline& baseline) {
  std::vector<CellTrials> by_cell(cells(baseline.plan).size());
  for (const BaselineTrial& trial : baseline.trials) {
    if (trial.cell >= by_cell.size()) {
      throw Error(
          fmt::format("a trial of the baseline is of cell {}, and the plan has only {}", trial.cell, by_cell.size()));
    }
    CellTrials& of_cell = by_cell[trial.cell];
    of_cell.all.push_back(&trial);
    if (is_measured(trial.trial.outcome)) of_cell.measured.push_back(&trial);
  }
  return by_cell;
}

std::vector<double> wall_seconds(const CellTrials& trials) {
  std::vector<double> seconds;
  for (const BaselineTrial* trial : trials.measured) seconds.push_back(seconds_of(trial->trial.usage.wall));
  return seconds;
}

MedianFigure median_figure(const std::vector<double>& sorted) {
  MedianFigure figure{.median = stats::median(sorted)};
  if (const auto found = stats::median_interval(sorted, kBaselineConfidence)) {
    figure.interval = found->interval;
    figure.confidence = found->confidence;
  }
  return figure;
}

double seconds_of(nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace assay::decide
