#include "experiments/record/status/pipeline_facts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/record/entry.hpp"
#include "experiments/record/history/ancestry.hpp"
#include "experiments/record/history/gains.hpp"
#include "experiments/record/history/recorded_claims.hpp"

namespace assay::record {
namespace {

constexpr std::array kPipelineKinds = {RecordKind::baseline, RecordKind::adoption, RecordKind::reversion,
                                       RecordKind::gain, RecordKind::milestone};

std::vector<TriedAttempt> tried_attempts(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::vector<TriedAttempt> attempts;
  for (const RecordSummary& record : records) {
    if (is_attempt(record) && !record.exploratory) attempts.push_back({record, read_record_head(lab, record)});
  }
  return attempts;
}

std::vector<TargetReading> readings_against_limits(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::vector<TargetReading> readings = read_targets(lab, records, Date{});
  for (TargetReading& reading : readings) reading.limit = reading.status.target.limit;
  return readings;
}

std::vector<FiledGain> newest_gains(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::vector<FiledGain> gains;
  for (const RecordSummary& record : records) {
    if (record.kind != RecordKind::gain) continue;
    if (newest_of(records, RecordKind::gain, {record.experiment, record.environment_name}) != &record) continue;
    Entry entry = read_entry(lab, record);
    gains.push_back({record, std::get<Gain>(std::move(entry.content))});
  }
  return gains;
}

/// Whether one of the adopted changes is in another commit than the baseline's: else there is nothing to measure
/// against it.
bool is_committed_since(const Lab& lab, const std::vector<KeptChange>& changes, const BaselineInForce& baseline) {
  const std::string& revision = std::get<Baseline>(baseline.entry.content).revision;
  return std::any_of(changes.begin(), changes.end(), [&](const KeptChange& change) {
    const Entry adoption = read_entry(lab, *change.adopted_by);
    return std::get<Adoption>(adoption.content).of.commit != revision;
  });
}

}  // namespace

bool is_pipeline(const std::vector<RecordSummary>& records) {
  return std::any_of(records.begin(), records.end(), [](const RecordSummary& record) {
    return std::find(kPipelineKinds.begin(), kPipelineKinds.end(), record.kind) != kPipelineKinds.end();
  });
}

PipelineFacts pipeline_facts(const Lab& lab, std::vector<RecordSummary> records) {
  // Two merged labs have records with equal numbers, which have to come in one order whoever lists them.
  std::sort(records.begin(), records.end(), comes_before);
  PipelineFacts facts;
  facts.records = records;
  facts.hypotheses = hypotheses_in(records);
  std::erase_if(facts.records, [](const RecordSummary& record) { return is_bookkeeping(record); });
  facts.baselines = baselines_in_force(lab, facts.records);
  facts.attempts = tried_attempts(lab, facts.records);
  facts.changes = kept_changes(lab, records);
  facts.targets = readings_against_limits(lab, facts.records);
  for (ClaimStatus& claim : recorded_claims(lab, facts.records)) {
    if (claim.withdrawn_in.empty()) facts.claims.push_back(std::move(claim));
  }
  facts.questions = open_questions(lab, facts.records);
  facts.gains = newest_gains(lab, facts.records);
  facts.milestones = milestones_in(lab, records);
  const Ancestry ancestry(records);
  for (const BaselineInForce& baseline : facts.baselines) {
    if (is_committed_since(lab, adopted_since(facts.changes, ancestry, baseline.summary), baseline))
      facts.changed_since.push_back(baseline.summary.sha256);
  }
  return facts;
}

}  // namespace assay::record
