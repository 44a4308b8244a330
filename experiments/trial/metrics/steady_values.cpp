#include "experiments/trial/metrics/steady_values.hpp"

#include <span>

#include <fmt/format.h>

#include "stats/steady/steady_state.hpp"
#include "stats/summary.hpp"

namespace assay::trial {
namespace {

/// Uses only whole numbers, so that every trial has the same grid on any machine.
std::size_t next_start(std::size_t start) {
  return start + 1 + start / 10;
}

double statistic_of(const Metric& metric, std::span<const double> steady) {
  return metric.statistic == TrialStatistic::steady_mean ? stats::mean(steady) : stats::median(steady);
}

}  // namespace

std::variant<SteadySeries, std::string> steady_series(const Metric& metric, std::size_t metric_index,
                                                      std::vector<double> iterations) {
  if (iterations.size() < stats::kFewestIterations) {
    return fmt::format("{} iterations: a steady state is looked for in {} or more", iterations.size(),
                       stats::kFewestIterations);
  }
  if (iterations.size() > kMostIterations) {
    return fmt::format("{} iterations are more than {}: report means of neighbouring ones", iterations.size(),
                       kMostIterations);
  }
  const stats::SteadyState state = stats::find_steady_state(iterations, metric.direction);
  SteadySeries series;
  series.metric = metric_index;
  series.series_class = state.series_class;
  series.iterations = static_cast<int>(iterations.size());
  series.steady_from = static_cast<int>(state.start);
  const std::size_t latest = stats::latest_steady_start(iterations.size());
  std::size_t start = 0;
  while (start < state.start) start = next_start(start);
  for (bool more = true; more; start = next_start(start)) {
    const double value = statistic_of(metric, std::span(iterations).subspan(start));
    series.values.push_back({static_cast<int>(start), value});
    more = start < latest;
  }
  return series;
}

}  // namespace assay::trial
