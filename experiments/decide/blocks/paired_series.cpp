#include "experiments/decide/blocks/paired_series.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/blocks/inner_value.hpp"
#include "experiments/decide/blocks/orientation.hpp"

namespace assay::decide {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kFailed = std::numeric_limits<double>::quiet_NaN();

bool is_comparable(const Metric& metric, double value) {
  return metric.kind != MetricKind::positive || value > 0;
}

double on_analysis_scale(const Metric& metric, double value) {
  return metric.kind == MetricKind::positive ? std::log(value) : value;
}

/// For one value that value; for the two of a quad the part that the quad's drift does not change.
double mean_on_analysis_scale(const Metric& metric, std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += on_analysis_scale(metric, value);
  return sum / static_cast<double>(values.size());
}

double effect_of(const Metric& metric, double control, double treatment) {
  const bool control_failed = std::isnan(control);
  const bool treatment_failed = std::isnan(treatment);
  if (control_failed && treatment_failed) return 0;
  if (treatment_failed) return worse_sign(metric) * kInfinity;
  if (control_failed) return -worse_sign(metric) * kInfinity;
  return treatment - control;
}

/// Before control 0, after it 1; always 0 where the order in the block cancels, with an even number of rounds.
int position_of_treatment(const Block& block, const PairedMetric& pair) {
  if (trials_of(block, pair.treatment).size() % 2 == 0) return 0;
  for (const Trial& trial : block.trials) {
    if (trial.arm == pair.treatment) return 0;
    if (trial.arm == pair.control) return 1;
  }
  ASSAY_ASSERT(false);
  return 0;
}

bool is_lost_in_any(std::span<const PairedSeries> cells, std::size_t block) {
  return std::any_of(cells.begin(), cells.end(), [block](const PairedSeries& cell) {
    return std::binary_search(cell.lost.begin(), cell.lost.end(), block);
  });
}

double mean_of_cells(std::span<const PairedSeries> cells, std::vector<double> PairedSeries::*member,
                     std::size_t block) {
  double sum = 0;
  for (const PairedSeries& cell : cells) sum += (cell.*member)[block] / static_cast<double>(cells.size());
  return sum;
}

}  // namespace

std::string unreadable_text(const Plan& plan, const Metric& metric, const UnreadableValue& unreadable) {
  const std::string where =
      fmt::format("in block {} ({})", unreadable.block, plan.variable.levels[unreadable.arm].label);
  if (!unreadable.value) return fmt::format("{} has no value {}", metric.name, where);
  return fmt::format(
      "{} is {} {}: a positive metric is compared as a ratio, which needs values above 0; declare kind = "
      "\"difference\"",
      metric.name, *unreadable.value, where);
}

PairedSeries paired_series(const Plan& plan, const PairedMetric& pair, std::span<const Block> blocks) {
  PairedSeries series;
  extend(series, plan, pair, blocks);
  return series;
}

void extend(PairedSeries& series, const Plan& plan, const PairedMetric& pair, std::span<const Block> blocks) {
  const Metric& metric = plan.metrics[pair.metric];
  if (plan.protocol.design == Design::duet) series.positions = stats::Positions::on_cpus;
  /// The arm's value on the analysis scale, kept in its unit too; NaN if a trial failed or cannot be compared.
  const auto take = [&](const Block& block, ArmIndex arm, std::vector<double>& values) {
    std::vector<double> measured;
    for (const Trial* trial : trials_of(block, arm)) {
      if (!is_measured(trial->outcome)) continue;
      const std::optional<double>& value = trial->values[pair.metric];
      const bool is_there = value && std::isfinite(*value);
      if (is_there) measured.push_back(*value);
      if ((!is_there || !is_comparable(metric, *value)) && !series.unreadable) {
        series.unreadable = {.block = block.number, .arm = arm, .value = is_there ? value : std::nullopt};
      }
    }
    const bool complete = !series.unreadable && !arm_failed(block, arm);
    if (plan.protocol.inner > 1 && complete) measured = {inner_value(measured, plan.protocol.inner_statistic)};
    values.insert(values.end(), measured.begin(), measured.end());
    return complete ? mean_on_analysis_scale(metric, measured) : kFailed;
  };
  for (const Block& block : blocks) {
    const double control = take(block, pair.control, series.control_values);
    const double treatment = take(block, pair.treatment, series.treatment_values);
    if (series.unreadable) continue;
    if (block.losses > 0) series.lost.push_back(series.effects.size());
    series.control.push_back(control);
    series.treatment.push_back(treatment);
    series.effects.push_back(effect_of(metric, control, treatment));
    series.treatment_position.push_back(is_costly(plan.protocol.design) ? 0 : position_of_treatment(block, pair));
  }
}

std::ptrdiff_t failed_blocks(const std::vector<double>& by_block) {
  return std::count_if(by_block.begin(), by_block.end(), [](double value) { return std::isnan(value); });
}

PairedSeries average_series(const Metric& metric, std::span<const PairedSeries> cells) {
  ASSAY_ASSERT(!cells.empty());
  PairedSeries average;
  for (const PairedSeries& cell : cells) {
    if (cell.unreadable) average.unreadable = cell.unreadable;
  }
  if (average.unreadable) return average;
  average.treatment_position = cells.front().treatment_position;
  average.positions = cells.front().positions;
  for (std::size_t block = 0; block < cells.front().effects.size(); ++block) {
    if (is_lost_in_any(cells, block)) average.lost.push_back(block);
    average.control.push_back(mean_of_cells(cells, &PairedSeries::control, block));
    average.treatment.push_back(mean_of_cells(cells, &PairedSeries::treatment, block));
    const double mean = mean_of_cells(cells, &PairedSeries::effects, block);
    average.effects.push_back(std::isnan(mean) ? worse_sign(metric) * kInfinity : mean);
    if (!std::isnan(average.control.back())) average.control_values.push_back(average.control.back());
    if (!std::isnan(average.treatment.back())) average.treatment_values.push_back(average.treatment.back());
  }
  return average;
}

}  // namespace assay::decide
