#include "experiments/decide/baseline/phase_figures.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "experiments/decide/baseline/phase_spending.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// What each trial spent in one phase, one value for each measured trial.
struct PhaseSample {
  std::vector<double> self;
  std::vector<double> total;
  std::vector<double> alone;
  int trials = 0;
  std::vector<const PhaseTime*> reported = {};
};

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::map<std::string, PhaseSample> samples_of(const CellTrials& trials) {
  std::map<std::string, PhaseSample> samples;
  for (std::size_t index = 0; index < trials.measured.size(); ++index) {
    for (const PhaseTime& phase : trials.measured[index]->phases.phases) {
      PhaseSample& sample = samples[phase.name];
      sample.self.resize(trials.measured.size());
      sample.total.resize(trials.measured.size());
      sample.alone.resize(trials.measured.size());
      sample.self[index] = seconds_of(phase.self);
      sample.total[index] = seconds_of(phase.total);
      sample.alone[index] = seconds_of(phase.alone);
      sample.reported.push_back(&phase);
      ++sample.trials;
    }
  }
  return samples;
}

PhaseSample rest_of(const CellTrials& trials) {
  PhaseSample sample;
  for (const BaselineTrial* trial : trials.measured) {
    sample.self.push_back(seconds_of(trial->phases.rest));
    sample.trials += trial->phases.rest > nanoseconds{} ? 1 : 0;
  }
  sample.total = sample.self;
  sample.alone = sample.self;
  return sample;
}

BaselinePhase phase_of(const std::string& name, const PhaseSample& sample, const std::vector<double>& walls) {
  BaselinePhase phase{.name = name, .trials = sample.trials};
  std::vector<double> sorted = sample.self;
  std::sort(sorted.begin(), sorted.end());
  phase.self_seconds = median_figure(sorted);
  const auto count = static_cast<double>(walls.size());
  phase.mean_self_seconds = sum(sample.self) / count;
  phase.mean_total_seconds = sum(sample.total) / count;
  phase.mean_alone_seconds = sum(sample.alone) / count;
  if (const double wall = sum(walls); wall > 0) phase.share = sum(sample.self) / wall;
  std::vector<double> shares;
  for (std::size_t index = 0; index < walls.size(); ++index) {
    shares.push_back(walls[index] > 0 ? sample.self[index] / walls[index] : 0);
  }
  std::sort(shares.begin(), shares.end());
  phase.share_interval = median_figure(shares).interval;
  phase.spending = phase_spending(sample.reported);
  return phase;
}

/// What ended before its trial failed or was killed.
std::vector<UnmeasuredPhase> unmeasured_phases(const CellTrials& trials) {
  std::map<std::string, UnmeasuredPhase> phases;
  for (const BaselineTrial* trial : trials.all) {
    if (is_measured(trial->trial.outcome)) continue;
    for (const PhaseTime& phase : trial->phases.phases) {
      UnmeasuredPhase& sum = phases[phase.name];
      sum.name = phase.name;
      sum.mean_self_seconds += seconds_of(phase.self);
      ++sum.trials;
    }
  }
  std::vector<UnmeasuredPhase> all;
  for (auto& [name, phase] : phases) {
    phase.mean_self_seconds /= phase.trials;
    all.push_back(std::move(phase));
  }
  return all;
}

}  // namespace

std::vector<BaselinePhase> phase_figures(const CellTrials& trials) {
  const std::vector<double> walls = wall_seconds(trials);
  std::vector<BaselinePhase> phases;
  for (const auto& [name, sample] : samples_of(trials)) phases.push_back(phase_of(name, sample, walls));
  if (phases.empty()) return phases;
  std::stable_sort(phases.begin(), phases.end(),
                   [](const BaselinePhase& left, const BaselinePhase& right) { return left.share > right.share; });
  phases.push_back(phase_of("", rest_of(trials), walls));
  double cumulative = 0;
  for (BaselinePhase& phase : phases) phase.cumulative = cumulative += phase.share;
  return phases;
}

void add_phase_figures(BaselineCell& cell, const CellTrials& trials) {
  constexpr std::size_t kMostObjections = 3;
  cell.trials = static_cast<int>(trials.all.size());
  cell.measured = static_cast<int>(trials.measured.size());
  cell.phases = phase_figures(trials);
  cell.unmeasured_phases = unmeasured_phases(trials);
  const std::vector<double> walls = wall_seconds(trials);
  if (!walls.empty()) cell.mean_wall_seconds = stats::mean(walls);
  for (const BaselineTrial* trial : trials.all) {
    cell.refused_spans += trial->phases.refused;
    for (const std::string& objection : trial->phases.objections) {
      const bool is_new = std::find(cell.objections.begin(), cell.objections.end(), objection) == cell.objections.end();
      if (is_new && cell.objections.size() < kMostObjections) cell.objections.push_back(objection);
    }
  }
}

}  // namespace assay::decide
