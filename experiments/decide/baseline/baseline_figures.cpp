#include "experiments/decide/baseline/baseline_figures.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiments/decide/baseline/baseline_samples.hpp"
#include "experiments/decide/baseline/phase_figures.hpp"
#include "experiments/decide/baseline/timeout_advice.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// The change that a baseline is to resolve if the metric has no margin.
constexpr double kDefaultResolution = 10;

/// The width of an interval falls with the root of the number of trials.
int runs_needed(const BaselineMetric& metric) {
  constexpr int kFewest = 6;  // for an interval at 95 %
  if (!metric.figure.interval) return kFewest;
  if (!metric.resolution_percent || metric.figure.median == 0) return 0;
  const Interval& interval = *metric.figure.interval;
  const double half_width = 100 * (interval.high - interval.low) / (2 * std::abs(metric.figure.median));
  if (half_width <= *metric.resolution_percent) return 0;
  constexpr double kMost = 1e6;
  const double ratio = half_width / *metric.resolution_percent;
  return static_cast<int>(std::min(kMost, std::ceil(metric.count * ratio * ratio)));
}

BaselineMetric metric_of(const Metric& metric, std::vector<double> values) {
  BaselineMetric shown{.name = metric.name, .unit = metric.unit, .count = static_cast<int>(values.size())};
  if (values.empty()) return shown;
  std::sort(values.begin(), values.end());
  shown.figure = median_figure(values);
  shown.mad = stats::median_absolute_deviation(values);
  shown.minimum = values.front();
  shown.maximum = values.back();
  if (metric.kind == MetricKind::positive) {
    shown.resolution_percent = metric.margin ? metric.margin->value : kDefaultResolution;
  }
  shown.runs_needed = metric.kind == MetricKind::deterministic ? 0 : runs_needed(shown);
  return shown;
}

std::vector<double> metric_values(const CellTrials& trials, std::size_t metric) {
  std::vector<double> values;
  for (const BaselineTrial* trial : trials.measured) {
    const std::vector<std::optional<double>>& all = trial->trial.values;
    if (metric < all.size() && all[metric]) values.push_back(*all[metric]);
  }
  return values;
}

/// Wall first, whether or not the plan has it as a metric; then the other metrics in the plan's order.
std::vector<BaselineMetric> metrics_of(const Plan& plan, const CellTrials& trials, const std::string& workload) {
  Metric wall = *find_built_in_metric("wall");
  std::vector<BaselineMetric> all;
  for (std::size_t index = 0; index < plan.metrics.size(); ++index) {
    const Metric& metric = plan.metrics[index];
    if (metric.name == wall.name) {
      wall = metric;
    } else if (applies_to(metric.workloads, workload)) {
      all.push_back(metric_of(metric, metric_values(trials, index)));
    }
  }
  all.insert(all.begin(), metric_of(wall, wall_seconds(trials)));
  return all;
}

std::vector<BaselineFailure> failures_of(const CellTrials& trials) {
  std::vector<BaselineFailure> failures;
  for (const BaselineTrial* trial : trials.all) {
    if (is_measured(trial->trial.outcome)) continue;
    const std::string outcome = describe(trial->trial.outcome);
    const auto found = std::find_if(failures.begin(), failures.end(),
                                    [&outcome](const BaselineFailure& failure) { return failure.outcome == outcome; });
    if (found == failures.end()) {
      failures.push_back({outcome, 1});
    } else {
      ++found->count;
    }
  }
  return failures;
}

BaselineCell cell_of(const Plan& plan, const Cell& place, const CellTrials& trials) {
  BaselineCell cell;
  cell.workload = workload_of(plan, place).name;
  cell.state = state_of(plan, place, kControl).name;
  cell.failures = failures_of(trials);
  cell.metrics = metrics_of(plan, trials, cell.workload);
  add_phase_figures(cell, trials);
  return cell;
}

}  // namespace

BaselineFigures baseline_figures(const Baseline& baseline) {
  const std::vector<CellTrials> trials = trials_by_cell(baseline);
  const std::vector<Cell> places = cells(baseline.plan);
  BaselineFigures figures;
  for (std::size_t cell = 0; cell < places.size(); ++cell) {
    figures.cells.push_back(cell_of(baseline.plan, places[cell], trials[cell]));
  }
  figures.timeouts = timeout_advice(baseline.plan, trials);
  return figures;
}

}  // namespace assay::decide
