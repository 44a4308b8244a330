#include "experiments/record/pages/lab_figures_of.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "experiments/report/naming.hpp"

namespace assay::record {
namespace {

report::History& history_of_title(std::vector<report::History>& histories, const std::string& title,
                                  const Metric& metric) {
  const auto same = [&](const report::History& history) {
    return history.title == title && history.metric.name == metric.name && history.metric.unit == metric.unit;
  };
  const auto found = std::find_if(histories.begin(), histories.end(), same);
  if (found != histories.end()) return *found;
  histories.push_back({.title = title, .metric = metric, .points = {}});
  return histories.back();
}

std::string title_of(const Record& record, const Comparison& comparison) {
  const std::string place = fmt::format("{} in {}", comparison.cell.workload, record.plan.environment_name);
  return comparison.cell.state.empty() ? place : fmt::format("{}, {}", place, comparison.cell.state);
}

}  // namespace

void LabFigures::add(const Record& record, const std::string& name) {
  for (const Comparison& comparison : record.result.comparisons) {
    if (comparison.metrics.empty()) continue;
    const MetricResult& primary = report::primary_result(comparison);
    report::History& history = history_of_title(histories_, title_of(record, comparison), primary.metric);
    if (primary.control.count > 0) history.points.push_back({name, "control", primary.control});
    if (primary.treatment.count > 0) history.points.push_back({name, "treatment", primary.treatment});
  }
}

void LabFigures::add(const Entry& entry, const std::string& name) {
  const auto* const challenge = std::get_if<ChallengeEntry>(&entry.content);
  if (challenge == nullptr) return;
  const auto* const claimed = std::get_if<ClaimedRatio>(&challenge->effect);
  if (claimed == nullptr) return;
  challenges_.push_back({.claim = challenge->text,
                         .challenge = name,
                         .grade = std::string(to_string(challenge->result.grade)),
                         .claimed = claimed->ratio,
                         .measured = challenge->result.measured});
}

std::string LabFigures::html(report::PictureData& data) const {
  std::string html;
  for (const report::History& history : histories_) {
    if (!history.points.empty()) html += report::history_figure(history, data);
  }
  return html + report::claims_figure(challenges_, data);
}

}  // namespace assay::record
