#include "experiments/record/history/gains.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "experiments/record/record_search.hpp"

namespace assay::record {
namespace {

/// Only a log-ratio is a change in percent: a difference of yes and no, or of degrees, is none.
void add_effect(const MetricResult& metric, GainOfCell& cell) {
  if (!metric.effect || metric.metric.kind != MetricKind::positive) return;
  if (std::isfinite(metric.effect->estimate)) cell.percent = percent_of_log_ratio(metric.effect->estimate);
  const Interval& interval = metric.effect->interval;
  if (!std::isfinite(interval.low) || !std::isfinite(interval.high)) return;
  cell.interval = Interval{percent_of_log_ratio(interval.low), percent_of_log_ratio(interval.high)};
}

const MetricResult* find_result(const Comparison& comparison, const std::string& metric) {
  const auto found = std::find_if(comparison.metrics.begin(), comparison.metrics.end(),
                                  [&metric](const MetricResult& one) { return one.metric.name == metric; });
  return found == comparison.metrics.end() ? nullptr : &*found;
}

/// The log-ratio that an attempt measured in a cell; std::nullopt if it did not.
std::optional<double> effect_in(const Record& record, const GainOfCell& cell, const std::string& metric) {
  for (const Comparison& comparison : record.result.comparisons) {
    const bool is_same = comparison.cell.workload == cell.workload && comparison.cell.state == cell.state;
    const MetricResult* const result = is_same ? find_result(comparison, metric) : nullptr;
    if (result != nullptr && result->effect && std::isfinite(result->effect->estimate)) return result->effect->estimate;
  }
  return std::nullopt;
}

/// One test judges the average of the cells' log-ratios, so the parts are averaged in the same way.
void add_parts_of_average(const std::vector<double>& sums, std::vector<GainOfCell>& cells) {
  double sum = 0;
  int count = 0;
  for (std::size_t index = 0; index < cells.size(); ++index) {
    if (cells[index].workload.empty()) continue;
    if (!cells[index].parts) return;
    sum += sums[index];
    ++count;
  }
  for (GainOfCell& cell : cells) {
    if (cell.workload.empty() && count > 0) cell.parts = percent_of_log_ratio(sum / count);
  }
}

const RecordSummary& summary_with(const std::vector<RecordSummary>& records, const std::string& sha256) {
  const RecordSummary* const record = record_with(records, sha256);
  if (record == nullptr) throw Error("no record has SHA-256 " + sha256);
  return *record;
}

}  // namespace

std::vector<GainOfCell> gain_of_cells(const AttemptResult& result) {
  std::vector<GainOfCell> cells;
  for (const Comparison& comparison : result.comparisons) {
    GainOfCell cell{.workload = comparison.cell.workload, .state = comparison.cell.state};
    if (!comparison.metrics.empty()) add_effect(comparison.metrics.front(), cell);
    cells.push_back(std::move(cell));
  }
  for (const SuiteResult& suite : result.suite) {
    GainOfCell average;
    add_effect(suite.average, average);
    cells.push_back(average);
  }
  return cells;
}

void add_parts(const Lab& lab, const std::vector<RecordSummary>& records, const std::vector<std::string>& parts,
               const std::string& metric, std::vector<GainOfCell>& cells) {
  std::vector<double> sums(cells.size(), 0.0);
  for (const std::string& part : parts) {
    const Record record = read_record_head(lab, summary_with(records, part));
    for (std::size_t index = 0; index < cells.size(); ++index) {
      const std::optional<double> effect = effect_in(record, cells[index], metric);
      if (!effect) continue;
      sums[index] += *effect;
      cells[index].parts = percent_of_log_ratio(sums[index]);
    }
  }
  add_parts_of_average(sums, cells);
}

std::vector<KeptChange> adopted_since(const std::vector<KeptChange>& changes, const Ancestry& ancestry,
                                      const RecordSummary& baseline) {
  std::vector<KeptChange> since;
  for (const KeptChange& change : changes) {
    const bool counts = change.adopted_by && change.attempt.environment_name == baseline.environment_name;
    if (counts && !ancestry.knows(baseline, *change.adopted_by)) since.push_back(change);
  }
  return since;
}

}  // namespace assay::record
