#include "experiments/decide/baseline/phase_ceiling.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "experiments/decide/baseline/baseline_samples.hpp"

namespace assay::decide {
namespace {

/// What a run reported of the phase; nullptr if nothing.
const PhaseTime* phase_in(const BaselineTrial& run, const std::string& phase) {
  const auto found = std::find_if(run.phases.phases.begin(), run.phases.phases.end(),
                                  [&phase](const PhaseTime& one) { return one.name == phase; });
  const bool is_there = found != run.phases.phases.end() && run.trial.usage.wall > nanoseconds(0);
  return is_there ? &*found : nullptr;
}

MedianFigure median_of(std::vector<double> shares) {
  std::sort(shares.begin(), shares.end());
  return median_figure(shares);
}

}  // namespace

std::optional<CeilingShares> phase_ceiling(const Baseline& baseline, const CeilingQuestion& question) {
  const std::vector<Cell> all = cells(baseline.plan);
  const auto cell = std::find_if(all.begin(), all.end(), [&](const Cell& one) {
    return workload_of(baseline.plan, one).name == question.workload &&
           state_of(baseline.plan, one).name == question.state;
  });
  if (cell == all.end()) return std::nullopt;
  const CellTrials trials = trials_by_cell(baseline)[static_cast<std::size_t>(cell - all.begin())];
  std::vector<double> most;
  std::vector<double> if_beside;
  bool is_reported = false;
  bool is_decided = true;
  for (const BaselineTrial* run : trials.measured) {
    const PhaseTime* const phase = phase_in(*run, question.phase);
    const auto share = [run](nanoseconds time) { return seconds_of(time) / seconds_of(run->trial.usage.wall); };
    most.push_back(phase == nullptr ? 0 : share(phase->alone));
    if_beside.push_back(phase == nullptr ? 0 : share(phase->alone_beside.value_or(phase->alone)));
    is_reported = is_reported || phase != nullptr;
    is_decided = is_decided && (phase == nullptr || !phase->alone_beside);
  }
  if (!is_reported) return std::nullopt;
  CeilingShares shares{.most = median_of(std::move(most))};
  if (!is_decided) shares.if_beside = median_of(std::move(if_beside));
  return shares;
}

}  // namespace assay::decide
