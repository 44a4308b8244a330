#include "experiments/record/history/lab_status.hpp"

#include <algorithm>
#include <filesystem>

#include "core/host/journal/journal.hpp"
#include "core/result/decision.hpp"
#include "experiments/formats/plan/plan_json.hpp"

namespace assay::record {
namespace {

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

bool is_about(const Target& target, const NamedCell& cell) {
  return cell.workload == target.workload && cell.state == target.state;
}

/// The first level's values of the target's metric in a race, from as many blocks as possible. For metrics other than
/// the primary one, these are the blocks that it has in common with some other level.
ArmSummary first_level_in(const LevelSearch& search, const Target& target) {
  if (search.metric.name == target.metric) return search.levels.front().values;
  ArmSummary most;
  for (const LevelStanding& standing : search.levels) {
    for (const MetricResult& metric : standing.metrics) {
      const bool is_meant = metric.metric.name == target.metric;
      if (is_meant && metric.control.count > most.count) most = metric.control;
    }
  }
  return most;
}

/// The target's figure in one record: treatment's if it was kept, else control's, which then stays. If levels raced and
/// none was measured afresh against the first level, the first level stays.
std::optional<double> figure_in(const Record& record, const Target& target) {
  for (const Comparison& comparison : record.result.comparisons) {
    if (!is_about(target, comparison.cell)) continue;
    for (const MetricResult& metric : comparison.metrics) {
      if (metric.metric.name != target.metric) continue;
      const ArmSummary& arm = comparison.decision == Decision::keep ? metric.treatment : metric.control;
      if (arm.count > 0) return figure_of(arm, target.statistic);
    }
  }
  for (const LevelSearch& search : record.result.searches) {
    if (!is_about(target, search.cell)) continue;
    const ArmSummary first = first_level_in(search, target);
    if (first.count > 0) return figure_of(first, target.statistic);
  }
  return std::nullopt;
}

bool states(const RecordSummary& record, const Target& target) {
  return std::any_of(record.targets.begin(), record.targets.end(),
                     [&](const Target& stated) { return is_same_target(stated, target); });
}

void read_figure(const Lab& lab, const std::vector<RecordSummary>& records, TargetReading& reading) {
  for (std::size_t left = records.size(); left > 0; --left) {
    const RecordSummary& record = records[left - 1];
    if (record.exploratory || record.simulated || !states(record, reading.status.target)) continue;
    reading.figure = figure_in(read_record_head(lab, record), reading.status.target);
    reading.measured_in = record.name;
    if (reading.figure) return;
  }
}

std::vector<TargetReading> read_targets(const Lab& lab, const std::vector<RecordSummary>& records, Date today) {
  std::vector<TargetReading> readings;
  for (TargetStatus& status : targets_in(lab, records)) {
    TargetReading reading;
    reading.limit = limit_in_force(status, today);
    reading.overdue = status.relaxed && is_overdue(*status.relaxed, today);
    reading.status = std::move(status);
    read_figure(lab, records, reading);
    readings.push_back(std::move(reading));
  }
  return readings;
}

std::vector<std::string> open_attempts_in(const host::Journal& journal) {
  std::vector<std::string> names;
  for (const host::AttemptRow& row : journal.attempts()) {
    const bool is_open = row.status == host::AttemptStatus::open && !row.exploratory;
    if (is_open && !journal.blocks(row.id).empty()) names.push_back(formats::parse_plan(row.plan_json).id);
  }
  return names;
}

std::vector<RecordSummary> openings_in(const std::vector<HypothesisHistory>& hypotheses) {
  std::vector<RecordSummary> openings;
  for (const HypothesisHistory& history : hypotheses) {
    openings.insert(openings.end(), history.openings.begin(), history.openings.end());
  }
  return openings;
}

/// The journal belongs to this machine: a clone of the lab has none.
void read_journal(const Lab& lab, LabStatus& status) {
  status.openings = openings_in(status.hypotheses);
  if (!std::filesystem::exists(lab.journal_path())) return;
  const host::Journal journal(lab.journal_path());
  status.open_attempts = open_attempts_in(journal);
  for (const host::AttemptRow& row : journal.attempts()) {
    std::erase_if(status.openings, [&row](const RecordSummary& one) { return one.plan_sha256 == row.plan_sha256; });
  }
  status.swapped_files = swapped_files(journal);
}

}  // namespace

LabStatus read_status(const Lab& lab, Date today, const VerifiedRules& verified) {
  LabStatus status;
  status.root = lab.root();
  status.today = today;
  status.records = list_records(lab);
  status.hypotheses = hypotheses_in(status.records);
  std::erase_if(status.records, is_bookkeeping);
  read_journal(lab, status);
  status.targets = read_targets(lab, status.records, today);
  status.questions = open_questions(lab, status.records);
  status.verified = verified;
  for (ClaimStatus& claim : judged_claims(lab, status.records, verified)) {
    if (claim.withdrawn_in.empty()) status.claims.push_back(std::move(claim));
  }
  return status;
}

bool may_be_tried_again(const HypothesisHistory& history) {
  return !history.attempts.empty() && !history.decided_by && !is_dead_end(history);
}

bool is_undecided(const HypothesisHistory& history) {
  return may_be_tried_again(history) && last_word(history).decision == to_string(Decision::undecided);
}

bool needs_attention(const ClaimStatus& claim, const LabStatus& status) {
  switch (claim.standing) {
    case ClaimStanding::verified:
      return false;
    case ClaimStanding::unchallenged:
    case ClaimStanding::self_checked:
    case ClaimStanding::undecided:
      return status.verified.fresh.has_value() || is_overdue(claim, status.today);
    case ClaimStanding::not_signed:
    case ClaimStanding::unknown_key:
    case ClaimStanding::unexamined:
    case ClaimStanding::stale:
    case ClaimStanding::exaggerated:
    case ClaimStanding::refuted:
    case ClaimStanding::disputed:
      break;
  }
  return true;
}

bool needs_attention(const LabStatus& status) {
  const auto relaxed = [](const TargetReading& target) { return target.status.relaxed.has_value(); };
  const auto overdue = [&](const OpenQuestion& question) { return is_overdue(question, status.today); };
  const auto unconfirmed = [&](const ClaimStatus& claim) { return needs_attention(claim, status); };
  return !status.open_attempts.empty() || !status.openings.empty() || !status.swapped_files.empty() ||
         std::any_of(status.targets.begin(), status.targets.end(), relaxed) ||
         std::any_of(status.questions.begin(), status.questions.end(), overdue) ||
         std::any_of(status.claims.begin(), status.claims.end(), unconfirmed) ||
         std::any_of(status.hypotheses.begin(), status.hypotheses.end(), is_undecided);
}

}  // namespace assay::record
