#include "experiments/decide/baseline/phase_ceiling.hpp"

#include <algorithm>
#include <vector>

#include "experiments/decide/baseline/baseline_samples.hpp"

namespace assay::decide {
namespace {

/// std::nullopt if the run did not report the phase.
std::optional<double> share_of_run(const BaselineTrial& run, const std::string& phase) {
  const auto found = std::find_if(run.phases.phases.begin(), run.phases.phases.end(),
                                  [&phase](const PhaseTime& one) { return one.name == phase; });
  const nanoseconds wall = run.trial.usage.wall;
  if (found == run.phases.phases.end() || wall <= nanoseconds(0)) return std::nullopt;
  return seconds_of(found->alone) / seconds_of(wall);
}

}  // namespace

std::optional<MedianFigure> phase_ceiling(const Baseline& baseline, const CeilingQuestion& question) {
  const std::vector<Cell> all = cells(baseline.plan);
  const auto cell = std::find_if(all.begin(), all.end(), [&](const Cell& one) {
    return workload_of(baseline.plan, one).name == question.workload &&
           state_of(baseline.plan, one).name == question.state;
  });
  if (cell == all.end()) return std::nullopt;
  const CellTrials trials = trials_by_cell(baseline)[static_cast<std::size_t>(cell - all.begin())];
  std::vector<double> shares;
  bool is_reported = false;
  for (const BaselineTrial* run : trials.measured) {
    const std::optional<double> share = share_of_run(*run, question.phase);
    is_reported = is_reported || share.has_value();
    shares.push_back(share.value_or(0));
  }
  if (!is_reported) return std::nullopt;
  std::sort(shares.begin(), shares.end());
  return median_figure(shares);
}

}  // namespace assay::decide
