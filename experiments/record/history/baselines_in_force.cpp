#include "experiments/record/history/baselines_in_force.hpp"

#include <algorithm>
#include <utility>

#include "experiments/decide/baseline/baseline_figures.hpp"

namespace assay::record {
namespace {

BaselineInForce read_baseline_in_force(const Lab& lab, const RecordSummary& summary) {
  BaselineInForce baseline{.summary = summary, .entry = read_entry(lab, summary), .figures = {}};
  baseline.figures = decide::baseline_figures(std::get<Baseline>(baseline.entry.content));
  return baseline;
}

}  // namespace

const RecordSummary* newest_of(const std::vector<RecordSummary>& records, RecordKind kind,
                               const ExperimentPlace& place) {
  const auto found = std::find_if(records.rbegin(), records.rend(), [&](const RecordSummary& record) {
    return record.kind == kind && record.experiment == place.experiment &&
           record.environment_name == place.environment_name;
  });
  return found == records.rend() ? nullptr : &*found;
}

std::vector<BaselineInForce> baselines_in_force(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::vector<BaselineInForce> all;
  for (const RecordSummary& record : records) {
    if (record.kind != RecordKind::baseline) continue;
    if (newest_of(records, RecordKind::baseline, {record.experiment, record.environment_name}) != &record) continue;
    all.push_back(read_baseline_in_force(lab, record));
  }
  return all;
}

std::optional<BaselineInForce> baseline_in_force(const Lab& lab, const std::vector<RecordSummary>& records,
                                                 const ExperimentPlace& place) {
  const RecordSummary* const newest = newest_of(records, RecordKind::baseline, place);
  if (newest == nullptr) return std::nullopt;
  return read_baseline_in_force(lab, *newest);
}

double attributed_share(const BaselineCell& cell) {
  double share = 0;
  for (const BaselinePhase& phase : cell.phases) {
    if (!phase.name.empty()) share += phase.share;
  }
  return share;
}

double attributed_share(const BaselineFigures& figures) {
  double smallest = figures.cells.empty() ? 0 : 1;
  for (const BaselineCell& cell : figures.cells) smallest = std::min(smallest, attributed_share(cell));
  return smallest;
}

}  // namespace assay::record
