#include "experiments/decide/parity/parity.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/result/told_effect.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/blocks/margin.hpp"
#include "experiments/decide/blocks/orientation.hpp"
#include "experiments/decide/blocks/paired_series.hpp"
#include "experiments/decide/parity/interaction.hpp"

namespace assay::decide {
namespace {

/// The comparison of one cell and treatment; cells and arms of one hypothesis bear the same names everywhere.
const Comparison* comparison_in(const Record& record, const Comparison& like) {
  const auto& all = record.result.comparisons;
  const auto found = std::find_if(all.begin(), all.end(), [&like](const Comparison& one) {
    return one.cell.workload == like.cell.workload && one.cell.state == like.cell.state &&
           one.treatment.index == like.treatment.index;
  });
  return found == all.end() ? nullptr : &*found;
}

/// The blocks that the comparison's own verdict rests on.
PairedSeries series_behind(const Record& record, const Comparison& comparison) {
  CellBlocks blocks(record.plan, comparison.cell.index);
  for (const Block& block : record.blocks) {
    if (block.cell == comparison.cell.index) blocks.add(block);
  }
  const auto leading = blocks.leading();
  const auto count = std::min(leading.size(), static_cast<std::size_t>(std::max(0, comparison.blocks)));
  const PairedMetric pair{.metric = primary_metric(record.plan), .treatment = comparison.treatment.index};
  return paired_series(record.plan, pair, leading.first(count));
}

ParitySide side_of(const ParityRecord& of, const Comparison& comparison) {
  const MetricResult& primary = comparison.metrics.front();
  return {.environment_name = of.record.plan.environment_name,
          .record_name = of.name,
          .verdict = comparison.verdict,
          .blocks = comparison.blocks,
          .control = primary.control,
          .treatment = primary.treatment,
          .effect = told_effect(comparison)};
}

/// Whether the side's own interval lies beyond 0, and on which side: -1 better, +1 worse, 0 neither. Equivalence is
/// neither.
int direction_of(const ParitySide& side, const Metric& metric) {
  if (!side.effect || side.verdict == Verdict::equivalent) return 0;
  const Interval worse = turned(metric, side.effect->interval);
  if (worse.low > 0) return 1;
  return worse.high < 0 ? -1 : 0;
}

const Metric& primary_of(const Record& record) {
  return record.plan.metrics.at(primary_metric(record.plan));
}

/// The smallest margin of those that the records state. 0 if one states none: nothing shows agreement then.
double smallest_margin(std::span<const ParityRecord> records, const std::vector<double>& control_values) {
  double smallest = std::numeric_limits<double>::infinity();
  for (const ParityRecord& of : records) {
    const Metric& metric = primary_of(of.record);
    smallest = std::min(smallest, metric.margin ? margin_on_scale(metric, control_values) : 0);
  }
  return smallest;
}

std::string margin_of(const Record& record) {
  const Metric& metric = primary_of(record);
  if (!metric.margin) return "none";
  return fmt::format("{:.4g} {}", metric.margin->value, metric.kind == MetricKind::proportion ? "points" : "%");
}

/// Empty if all records state the same margin.
std::string note_on_margins(std::span<const ParityRecord> records) {
  std::vector<std::string> stated;
  bool differ = false;
  for (const ParityRecord& of : records) {
    stated.push_back(fmt::format("{} in {}", margin_of(of.record), of.record.plan.environment_name));
    differ = differ || primary_of(of.record).margin != primary_of(records.front().record).margin;
  }
  if (!differ) return "";
  return fmt::format("the margins differ: {}; the smallest decides what agrees", fmt::join(stated, ", "));
}

ParityCell parity_cell(std::span<const ParityRecord> records, const Comparison& like, double alpha) {
  ParityCell cell{.cell = like.cell, .treatment = like.treatment, .metric = like.metrics.front().metric};
  std::vector<SideEffects> effects;
  std::vector<double> control_values;
  for (const ParityRecord& of : records) {
    const Comparison* const comparison = comparison_in(of.record, like);
    if (comparison == nullptr) continue;
    cell.sides.push_back(side_of(of, *comparison));
    PairedSeries series = series_behind(of.record, *comparison);
    if (control_values.empty()) control_values = series.control_values;
    const bool is_invalid = comparison->verdict == Verdict::invalid;
    effects.push_back(
        {of.record.plan.environment_name, is_invalid ? std::vector<double>{} : std::move(series.effects)});
  }
  cell.pairs = interactions(effects, {.margin = smallest_margin(records, control_values), .alpha = alpha});
  const auto side = [&cell](const std::string& name) {
    return std::find_if(cell.sides.begin(), cell.sides.end(),
                        [&name](const ParitySide& one) { return one.environment_name == name; });
  };
  for (ParityPair& pair : cell.pairs) {
    if (pair.verdict == ParityVerdict::not_comparable) continue;
    pair.opposite = direction_of(*side(pair.first), cell.metric) * direction_of(*side(pair.second), cell.metric) < 0;
  }
  return cell;
}

}  // namespace

Parity parity_of(std::span<const ParityRecord> records) {
  const Record& first = records.front().record;
  Parity parity{.experiment = first.plan.id, .hypothesis = first.plan.hypothesis, .alpha = first.plan.protocol.alpha};
  for (const Comparison& comparison : first.result.comparisons) {
    parity.cells.push_back(parity_cell(records, comparison, parity.alpha));
  }
  if (records.size() == 1) {
    parity.notes.push_back(
        fmt::format("it was asked in one environment only, {}: run it in another, and bring the record home",
                    first.plan.environment_name));
  }
  if (std::string note = note_on_margins(records); !note.empty()) parity.notes.push_back(std::move(note));
  for (const ParityRecord& one : records) {
    if (one.record.plan.groups == first.plan.groups) continue;
    parity.notes.push_back(
        fmt::format("other workloads run side by side in {} than in {}: effects may differ for that reason",
                    one.record.plan.environment_name, first.plan.environment_name));
  }
  return parity;
}

}  // namespace assay::decide
