#include <nlohmann/json.hpp>

#include "experiments/report/baseline/baseline_text.hpp"

namespace assay::report {
namespace {

using nlohmann::json;

json bounds_json(const std::optional<Interval>& interval) {
  return interval ? json{{"low", interval->low}, {"high", interval->high}} : json(nullptr);
}

json figure_json(const MedianFigure& figure) {
  json object = {{"median", figure.median}, {"interval", bounds_json(figure.interval)}};
  if (figure.interval) object["confidence"] = figure.confidence;
  return object;
}

json metric_json(const BaselineMetric& metric) {
  if (metric.count == 0) return {{"name", metric.name}, {"unit", metric.unit}, {"n", 0}};
  json object = figure_json(metric.figure);
  object.update({{"name", metric.name},
                 {"unit", metric.unit},
                 {"n", metric.count},
                 {"mad", metric.mad},
                 {"minimum", metric.minimum},
                 {"maximum", metric.maximum},
                 {"runs_needed", metric.runs_needed}});
  return object;
}

json spending_json(const PhaseSpending& spending) {
  json object = {{"cpu", figure_json(spending.cpu)},
                 {"bound_by", spending.bound ? json(to_string(*spending.bound)) : json(nullptr)}};
  if (spending.io) object["io"] = figure_json(*spending.io);
  if (spending.memory) object["memory"] = figure_json(*spending.memory);
  if (spending.waiting) object["waiting"] = figure_json(*spending.waiting);
  return object;
}

json phase_json(const BaselinePhase& phase) {
  json object = {{"name", phase.name.empty() ? json(nullptr) : json(phase.name)},
                 {"trials", phase.trials},
                 {"self_seconds", figure_json(phase.self_seconds)},
                 {"mean_self_seconds", phase.mean_self_seconds},
                 {"mean_total_seconds", phase.mean_total_seconds},
                 {"share", phase.share},
                 {"share_interval", bounds_json(phase.share_interval)},
                 {"cumulative_share", phase.cumulative}};
  if (phase.spending) object["spending"] = spending_json(*phase.spending);
  return object;
}

template <class List, class Function>
json list_of(const List& values, const Function& to_json) {
  json list = json::array();
  for (const auto& value : values) list.push_back(to_json(value));
  return list;
}

json unmeasured_phase_json(const UnmeasuredPhase& phase) {
  return {{"name", phase.name}, {"trials", phase.trials}, {"mean_self_seconds", phase.mean_self_seconds}};
}

json cell_json(const BaselineCell& cell) {
  json failures = list_of(cell.failures, [](const BaselineFailure& failure) {
    return json{{"outcome", failure.outcome}, {"count", failure.count}};
  });
  return {{"name", cell.workload},
          {"state", cell.state},
          {"trials", cell.trials},
          {"measured", cell.measured},
          {"failures", std::move(failures)},
          {"unmeasured_phases", list_of(cell.unmeasured_phases, unmeasured_phase_json)},
          {"metrics", list_of(cell.metrics, metric_json)},
          {"mean_wall_seconds", cell.mean_wall_seconds},
          {"phases", list_of(cell.phases, phase_json)},
          {"refused_spans", cell.refused_spans},
          {"objections", cell.objections}};
}

json timeout_json(const TimeoutAdvice& advice) {
  return {{"workload", advice.workload},
          {"timeout_ns", advice.timeout.count()},
          {"median_ns", advice.median.count()},
          {"slowest_ns", advice.slowest.count()},
          {"recommended_ns", advice.recommended.count()},
          {"loose", advice.is_loose}};
}

json phase_change_json(const PhaseChange& phase) {
  json object = {{"name", phase.name.empty() ? json(nullptr) : json(phase.name)},
                 {"before_seconds", phase.before_seconds},
                 {"after_seconds", phase.after_seconds},
                 {"change_seconds", phase.after_seconds - phase.before_seconds},
                 {"only_before", phase.is_only_before},
                 {"only_after", phase.is_only_after}};
  if (phase.in_a_block) object["change_in_a_block_seconds"] = figure_json(*phase.in_a_block);
  return object;
}

json cell_change_json(const CellChange& cell) {
  json object = {{"name", cell.workload},
                 {"state", cell.state},
                 {"before_seconds", cell.before_seconds},
                 {"after_seconds", cell.after_seconds},
                 {"change_seconds", cell.after_seconds - cell.before_seconds},
                 {"phases", list_of(cell.phases, phase_change_json)}};
  if (cell.blocks > 0) object["blocks"] = cell.blocks;
  return object;
}

json arm_phases_json(const ArmPhases& arm) {
  return {{"arm", arm.arm.label}, {"workloads", list_of(arm.figures.cells, cell_json)}};
}

}  // namespace

json baseline_cells_json(const BaselineFigures& figures) {
  return list_of(figures.cells, cell_json);
}

json timeouts_json(const BaselineFigures& figures) {
  return list_of(figures.timeouts, timeout_json);
}

json baseline_change_json(const BaselineChange& change) {
  return {{"workloads", list_of(change.cells, cell_change_json)}, {"unmatched", change.unmatched}};
}

json arm_change_json(const ArmChange& change) {
  return {{"before", change.before.label},
          {"after", change.after.label},
          {"workloads", list_of(change.cells, cell_change_json)}};
}

json experiment_phases_json(const ExperimentPhases& phases) {
  return {{"arms", list_of(phases.arms, arm_phases_json)}, {"changes", list_of(phases.changes, arm_change_json)}};
}

}  // namespace assay::report
