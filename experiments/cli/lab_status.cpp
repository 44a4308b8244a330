#include "experiments/cli/lab_status.hpp"

#include <algorithm>
#include <filesystem>

#include "core/decision.hpp"
#include "core/host/journal.hpp"
#include "experiments/design/plan_json.hpp"

namespace assay::cli {
namespace {

using experiments::HypothesisStanding;
using experiments::Lab;
using experiments::RecordSummary;
using experiments::TargetStanding;

double figure_of(const ArmSummary& arm, Statistic statistic) {
  switch (statistic) {
    case Statistic::median:
      return arm.median;
    case Statistic::mean:
      return arm.mean;
    case Statistic::minimum:
      return arm.minimum;
    case Statistic::maximum:
      return arm.maximum;
    case Statistic::lower_quartile:
      return arm.lower_quartile;
    case Statistic::upper_quartile:
      return arm.upper_quartile;
  }
  return 0;
}

/// The target's figure in one record: of treatment where it was kept, else of control, which then stays.
std::optional<double> figure_in(const Record& record, const Target& target) {
  for (const Comparison& comparison : record.result.comparisons) {
    const Cell cell = cells(record.plan).at(comparison.cell);
    if (workload_of(record.plan, cell).name != target.workload) continue;
    if (state_of(record.plan, cell).name != target.state) continue;
    for (const MetricResult& metric : comparison.metrics) {
      if (record.plan.metrics.at(metric.metric).name != target.metric) continue;
      const ArmSummary& arm = comparison.decision == Decision::keep ? metric.treatment : metric.control;
      if (arm.count > 0) return figure_of(arm, target.statistic);
    }
  }
  return std::nullopt;
}

bool states(const RecordSummary& record, const Target& target) {
  return std::any_of(record.targets.begin(), record.targets.end(),
                     [&](const Target& stated) { return is_same_target(stated, target); });
}

void read_figure(const Lab& lab, const std::vector<RecordSummary>& records, TargetReading& reading) {
  for (auto record = records.rbegin(); record != records.rend(); ++record) {
    if (record->exploratory || !states(*record, reading.standing.target)) continue;
    reading.figure = figure_in(experiments::read_record_head(lab, *record), reading.standing.target);
    reading.measured_in = record->name;
    if (reading.figure) return;
  }
}

std::vector<TargetReading> read_targets(const Lab& lab, const std::vector<RecordSummary>& records, Date today) {
  std::vector<TargetReading> readings;
  for (TargetStanding& standing : experiments::targets_in(lab, records)) {
    TargetReading reading;
    reading.limit = limit_in_force(standing, today);
    reading.overdue = standing.relaxed && is_overdue(*standing.relaxed, today);
    reading.standing = std::move(standing);
    read_figure(lab, records, reading);
    readings.push_back(std::move(reading));
  }
  return readings;
}

/// The journal belongs to this machine, and a clone has none.
std::vector<std::string> read_open_attempts(const Lab& lab) {
  std::vector<std::string> names;
  if (!std::filesystem::exists(lab.journal_path())) return names;
  const host::Journal journal(lab.journal_path());
  for (const host::AttemptRow& row : journal.attempts()) {
    const bool is_open = row.status == host::AttemptStatus::open && !row.exploratory;
    if (is_open && !journal.blocks(row.id).empty()) names.push_back(experiments::parse_plan(row.plan_json).id);
  }
  return names;
}

}  // namespace

LabStatus read_status(const Lab& lab, Date today) {
  LabStatus status;
  status.root = lab.root();
  status.today = today;
  status.records = experiments::list_records(lab);
  status.hypotheses = experiments::hypotheses_in(status.records);
  status.open_attempts = read_open_attempts(lab);
  status.targets = read_targets(lab, status.records, today);
  status.questions = experiments::open_questions(lab, status.records);
  return status;
}

bool may_be_tried_again(const HypothesisStanding& standing) {
  return !standing.attempts.empty() && !standing.decided_by && !is_dead_end(standing);
}

bool is_undecided(const HypothesisStanding& standing) {
  return may_be_tried_again(standing) && last_word(standing).decision == to_string(Decision::undecided);
}

bool needs_attention(const LabStatus& status) {
  const auto relaxed = [](const TargetReading& target) { return target.standing.relaxed.has_value(); };
  const auto overdue = [&](const experiments::OpenQuestion& question) { return is_overdue(question, status.today); };
  return !status.open_attempts.empty() || std::any_of(status.targets.begin(), status.targets.end(), relaxed) ||
         std::any_of(status.questions.begin(), status.questions.end(), overdue) ||
         std::any_of(status.hypotheses.begin(), status.hypotheses.end(), is_undecided);
}

}  // namespace assay::cli
