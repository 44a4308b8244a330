#include "experiments/decide/targets/target_figure.hpp"

#include <algorithm>
#include <cmath>

#include "stats/distributions.hpp"
#include "stats/quantile_bounds.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

struct Place {
  std::size_t cell = 0;
  std::size_t metric = 0;
};

/// Where the plan has what the target is about.
std::optional<Place> place_of(const Plan& plan, const Target& target) {
  const std::vector<Cell> all = cells(plan);
  const auto metric = std::find_if(plan.metrics.begin(), plan.metrics.end(),
                                   [&target](const Metric& one) { return one.name == target.metric; });
  const auto cell = std::find_if(all.begin(), all.end(), [&](const Cell& one) {
    return workload_of(plan, one).name == target.workload && state_of(plan, one).name == target.state;
  });
  if (metric == plan.metrics.end() || cell == all.end()) return std::nullopt;
  return Place{static_cast<std::size_t>(cell - all.begin()), static_cast<std::size_t>(metric - plan.metrics.begin())};
}

void add_value(const Trial& trial, const Place& place, std::vector<double>& values) {
  if (!is_measured(trial.outcome) || place.metric >= trial.values.size()) return;
  if (trial.values[place.metric]) values.push_back(*trial.values[place.metric]);
}

std::optional<TargetFigure> figure_of(std::vector<double> values, const Target& target) {
  if (values.empty()) return std::nullopt;
  return figure_of_values(std::move(values), target.statistic);
}

/// The shares of values below each quantile that a target may limit.
constexpr double kLowerQuartile = 0.25;
constexpr double kMedian = 0.5;
constexpr double kUpperQuartile = 0.75;

void bound_quantile(const std::vector<double>& sorted, double quantile, TargetFigure& figure) {
  const stats::QuantileBounds bounds =
      stats::quantile_bounds(sorted, {.quantile = quantile, .confidence = kTargetConfidence});
  figure.low = bounds.low;
  figure.high = bounds.high;
}

void bound_mean(const ArmSummary& summary, TargetFigure& figure) {
  if (summary.count < 2) return;
  const double reach = stats::student_upper_quantile(1 - kTargetConfidence, summary.count - 1) *
                       summary.standard_deviation / std::sqrt(summary.count);
  figure.low = summary.mean - reach;
  figure.high = summary.mean + reach;
}

}  // namespace

TargetFigure figure_of_values(std::vector<double> values, Statistic statistic) {
  std::sort(values.begin(), values.end());
  const ArmSummary summary = stats::summarise(values, 0);
  TargetFigure figure{.trials = static_cast<int>(values.size())};
  switch (statistic) {
    case Statistic::median:
      figure.figure = summary.median;
      bound_quantile(values, kMedian, figure);
      break;
    case Statistic::mean:
      figure.figure = summary.mean;
      bound_mean(summary, figure);
      break;
    case Statistic::minimum:
      figure.figure = summary.minimum;
      figure.high = summary.minimum;
      break;
    case Statistic::maximum:
      figure.figure = summary.maximum;
      figure.low = summary.maximum;
      break;
    case Statistic::lower_quartile:
      figure.figure = summary.lower_quartile;
      bound_quantile(values, kLowerQuartile, figure);
      break;
    case Statistic::upper_quartile:
      figure.figure = summary.upper_quartile;
      bound_quantile(values, kUpperQuartile, figure);
      break;
  }
  return figure;
}

std::optional<TargetFigure> target_figure(const Plan& plan, const std::vector<Block>& blocks, ArmIndex arm,
                                          const Target& target) {
  const std::optional<Place> place = place_of(plan, target);
  if (!place) return std::nullopt;
  std::vector<double> values;
  for (const Block& block : blocks) {
    if (block.cell != place->cell || is_void(block)) continue;
    for (const Trial& trial : block.trials) {
      if (trial.arm == arm) add_value(trial, *place, values);
    }
  }
  return figure_of(std::move(values), target);
}

std::optional<TargetFigure> target_figure(const Baseline& baseline, const Target& target) {
  const std::optional<Place> place = place_of(baseline.plan, target);
  if (!place) return std::nullopt;
  std::vector<double> values;
  for (const BaselineTrial& trial : baseline.trials) {
    if (trial.cell == place->cell) add_value(trial.trial, *place, values);
  }
  return figure_of(std::move(values), target);
}

LimitStanding limit_standing(const TargetFigure& figure, Bound bound, double limit) {
  // The far end has to keep the limit; the near end says that nothing can.
  const std::optional<double>& far = bound == Bound::at_most ? figure.high : figure.low;
  const std::optional<double>& near = bound == Bound::at_most ? figure.low : figure.high;
  if (far && keeps(bound, limit, *far)) return LimitStanding::met;
  if (near && !keeps(bound, limit, *near)) return LimitStanding::missed;
  return LimitStanding::undecided;
}

std::optional<double> stage_met(const TargetFigure& figure, const Target& target) {
  std::optional<double> last;
  for (const double stage : target.stages) {
    if (limit_standing(figure, target.bound, stage) == LimitStanding::met) last = stage;
  }
  return last;
}

}  // namespace assay::decide
