#include "experiments/decide/baseline/experiment_phases.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "experiments/decide/baseline/baseline_change.hpp"
#include "experiments/decide/baseline/baseline_samples.hpp"
#include "experiments/decide/baseline/phase_figures.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// Seconds by phase, and by an empty name the rest.
using SecondsByPhase = std::map<std::string, double>;

/// What one arm's trials of a block took on average.
struct ArmTime {
  double wall = 0;
  SecondsByPhase phases;
};

/// The differences of the blocks in one phase.
struct PhaseSeries {
  std::vector<double> before;
  std::vector<double> after;
  bool is_before = false;
  bool is_after = false;
};

bool is_of(const Block& block, std::size_t cell) {
  return block.cell == cell && !is_void(block);
}

ArmPhases phases_of_arm(const Plan& plan, const std::vector<Block>& blocks, ArmIndex arm) {
  ArmPhases found{.arm = named_arm(plan, arm), .figures = {}};
  const std::vector<Cell> places = cells(plan);
  for (std::size_t cell = 0; cell < places.size(); ++cell) {
    std::vector<BaselineTrial> trials;
    for (const Block& block : blocks) {
      if (!is_of(block, cell)) continue;
      for (const Trial& trial : block.trials) {
        if (trial.arm == arm && trial.phases) trials.push_back({.trial = trial, .phases = *trial.phases});
      }
    }
    CellTrials samples;
    for (const BaselineTrial& trial : trials) {
      samples.all.push_back(&trial);
      if (is_measured(trial.trial.outcome)) samples.measured.push_back(&trial);
    }
    found.figures.cells.push_back(
        {.workload = workload_of(plan, places[cell]).name, .state = state_of(plan, places[cell], arm).name});
    add_phase_figures(found.figures.cells.back(), samples);
  }
  return found;
}

/// std::nullopt if a trial of the arm failed or kept no phases, or if the block has no trial of it.
std::optional<ArmTime> time_of_arm(const Block& block, ArmIndex arm) {
  ArmTime time;
  double count = 0;
  for (const Trial& trial : block.trials) {
    if (trial.arm != arm) continue;
    if (!trial.phases || !is_measured(trial.outcome)) return std::nullopt;
    ++count;
    time.wall += seconds_of(trial.usage.wall);
    for (const PhaseTime& phase : trial.phases->phases) time.phases[phase.name] += seconds_of(phase.self);
    time.phases[""] += seconds_of(trial.phases->rest);
  }
  if (count == 0) return std::nullopt;
  time.wall /= count;
  for (auto& [name, seconds] : time.phases) seconds /= count;
  return time;
}

std::vector<std::pair<ArmTime, ArmTime>> times_of(const std::vector<Block>& blocks, std::size_t cell,
                                                  const ArmPair& pair) {
  std::vector<std::pair<ArmTime, ArmTime>> times;
  for (const Block& block : blocks) {
    if (!is_of(block, cell)) continue;
    std::optional<ArmTime> before = time_of_arm(block, pair.before);
    std::optional<ArmTime> after = time_of_arm(block, pair.after);
    if (before && after) times.emplace_back(*std::move(before), *std::move(after));
  }
  return times;
}

PhaseChange change_of(const std::string& name, const PhaseSeries& series) {
  std::vector<double> differences;
  for (std::size_t block = 0; block < series.before.size(); ++block) {
    differences.push_back(series.after[block] - series.before[block]);
  }
  std::sort(differences.begin(), differences.end());
  return {.name = name,
          .before_seconds = stats::mean(series.before),
          .after_seconds = stats::mean(series.after),
          .is_only_before = !series.is_after,
          .is_only_after = !series.is_before,
          .in_a_block = median_figure(differences)};
}

std::vector<PhaseChange> phase_changes(const std::vector<std::pair<ArmTime, ArmTime>>& times) {
  std::map<std::string, PhaseSeries> by_name;
  for (std::size_t block = 0; block < times.size(); ++block) {
    const auto add = [&](const SecondsByPhase& phases, std::vector<double> PhaseSeries::*side,
                         bool PhaseSeries::*seen) {
      for (const auto& [name, seconds] : phases) {
        PhaseSeries& series = by_name[name];
        series.before.resize(times.size());
        series.after.resize(times.size());
        (series.*side)[block] = seconds;
        series.*seen = true;
      }
    };
    add(times[block].first.phases, &PhaseSeries::before, &PhaseSeries::is_before);
    add(times[block].second.phases, &PhaseSeries::after, &PhaseSeries::is_after);
  }
  std::vector<PhaseChange> changes;
  for (const auto& [name, series] : by_name) changes.push_back(change_of(name, series));
  if (changes.size() == 1) return {};  // the rest only: no trial reported a span
  sort_by_size(changes);
  return changes;
}

}  // namespace

ArmChange arm_change(const Plan& plan, const std::vector<Block>& blocks, const ArmPair& pair) {
  ArmChange change{.before = named_arm(plan, pair.before), .after = named_arm(plan, pair.after), .cells = {}};
  const std::vector<Cell> places = cells(plan);
  for (std::size_t cell = 0; cell < places.size(); ++cell) {
    const auto times = times_of(blocks, cell, pair);
    std::vector<PhaseChange> phases = phase_changes(times);
    if (phases.empty()) continue;
    CellChange& found = change.cells.emplace_back();
    found.workload = workload_of(plan, places[cell]).name;
    found.state = state_of(plan, places[cell]).name;
    found.blocks = static_cast<int>(times.size());
    for (const auto& [before, after] : times) {
      found.before_seconds += before.wall / found.blocks;
      found.after_seconds += after.wall / found.blocks;
    }
    found.phases = std::move(phases);
  }
  return change;
}

ExperimentPhases experiment_phases(const Plan& plan, const std::vector<Block>& blocks) {
  ExperimentPhases found;
  for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) {
    found.arms.push_back(phases_of_arm(plan, blocks, arm));
    if (arm != kControl) found.changes.push_back(arm_change(plan, blocks, {.before = kControl, .after = arm}));
  }
  return found;
}

}  // namespace assay::decide
