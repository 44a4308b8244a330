#include "experiments/decide/baseline/stored_comparison.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/result/effect.hpp"
#include "experiments/decide/baseline/baseline_samples.hpp"
#include "experiments/decide/blocks/orientation.hpp"
#include "stats/reference/mann_whitney.hpp"

namespace assay::decide {
namespace {

/// As in the protocol: an interval beyond half of the margin claims a difference (docs/methods/verdict.md).
constexpr double kKappa = 0.5;

/// The logarithms of the primary metric, turned so that more is worse. Values that are not positive are left out.
std::vector<double> worse_logs(const Plan& plan, const CellTrials& trials) {
  const std::size_t primary = primary_metric(plan);
  const double sign = worse_sign(plan.metrics[primary]);
  std::vector<double> logs;
  for (const BaselineTrial* trial : trials.measured) {
    const std::vector<std::optional<double>>& values = trial->trial.values;
    if (primary < values.size() && values[primary].value_or(0) > 0) logs.push_back(sign * std::log(*values[primary]));
  }
  return logs;
}

struct CellPair {
  const CellTrials& base;
  const CellTrials& change;
};

GateOutcome outcome_of(const StoredComparison& shown, const CellPair& pair, Percent alert) {
  const auto failed = [](const CellTrials& trials) { return trials.measured.size() < trials.all.size(); };
  if (failed(pair.change) && !failed(pair.base)) return GateOutcome::invalid;
  if (shown.baseline_trials == 0 || shown.change_trials == 0) return GateOutcome::inconclusive;
  const double claimed = 100 * std::expm1(kKappa * std::log1p(alert.fraction()));
  if (shown.interval_percent.high < alert.value) return GateOutcome::passed;
  if (shown.estimate_percent >= alert.value && shown.interval_percent.low > claimed) return GateOutcome::regressed;
  return GateOutcome::inconclusive;
}

StoredComparison stored_cell(const StoredPair& pair, const CellPair& cell, const StoredRule& rule) {
  StoredComparison shown;
  const std::vector<double> base = worse_logs(pair.base.plan, cell.base);
  const std::vector<double> change = worse_logs(pair.change.plan, cell.change);
  shown.baseline_trials = static_cast<int>(base.size());
  shown.change_trials = static_cast<int>(change.size());
  shown.confidence = 1 - rule.alpha;
  if (!base.empty() && !change.empty()) {
    const stats::TwoSamples samples{.treatment = change, .control = base};
    const Interval interval = stats::shift_interval(samples, shown.confidence);
    shown.estimate_percent = percent_of_log_ratio(stats::hodges_lehmann_shift(samples));
    shown.interval_percent = {.low = percent_of_log_ratio(interval.low), .high = percent_of_log_ratio(interval.high)};
  }
  shown.outcome = outcome_of(shown, cell, rule.alert);
  return shown;
}

}  // namespace

std::vector<StoredComparison> stored_comparisons(const StoredPair& pair, const StoredRule& rule) {
  const std::vector<Cell> base_cells = cells(pair.base.plan);
  const std::vector<Cell> change_cells = cells(pair.change.plan);
  const std::vector<CellTrials> base = trials_by_cell(pair.base);
  const std::vector<CellTrials> change = trials_by_cell(pair.change);
  const StoredRule each{.alert = rule.alert, .alpha = rule.alpha / static_cast<double>(change_cells.size())};
  const auto title = [](const Plan& plan, const Cell& cell) {
    return fmt::format("{} ({})", workload_of(plan, cell).name, state_of(plan, cell, kControl).name);
  };
  std::vector<StoredComparison> all;
  for (std::size_t cell = 0; cell < change_cells.size(); ++cell) {
    const std::string name = title(pair.change.plan, change_cells[cell]);
    const auto same = std::find_if(base_cells.begin(), base_cells.end(),
                                   [&](const Cell& other) { return title(pair.base.plan, other) == name; });
    if (same == base_cells.end()) {
      all.push_back({.cell = name, .change_trials = static_cast<int>(change[cell].measured.size())});
      continue;
    }
    const CellTrials& stored = base[static_cast<std::size_t>(same - base_cells.begin())];
    all.push_back(stored_cell(pair, {stored, change[cell]}, each));
    all.back().cell = name;
  }
  return all;
}

}  // namespace assay::decide
