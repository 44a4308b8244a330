#include "experiments/attempt/prior_attempts.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/host/files/digest.hpp"
#include "experiments/attempt/journalled_attempt.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::attempt {
namespace {

using record::RecordSummary;

bool has_record(const host::AttemptRow& row, const std::vector<RecordSummary>& records) {
  return std::any_of(records.begin(), records.end(), [&row](const RecordSummary& record) {
    return is_attempt(record) && record.plan_sha256 == row.plan_sha256;
  });
}

/// Whether the attempt has a record already, or was made before the hypothesis was last reopened.
bool is_counted(const host::AttemptRow& row, const std::vector<RecordSummary>& records,
                const record::HypothesisHistory& history) {
  if (history.reopened_by && row.created_ns < history.reopened_by->created_ns) return true;
  return has_record(row, records);
}

/// Whether the identity of the plan's hypothesis was numbered otherwise once: by the first numbering, what follows was
/// part of it.
bool may_have_old_identity(const host::AttemptRow& row) {
  return row.plan_json.find("\"shares\":true") != std::string::npos ||
         row.plan_json.find("\"reads_percent\":") != std::string::npos;
}

/// The attempts that were opened elsewhere, or whose journal was deleted, and that have no record.
std::vector<RecordSummary> opened_elsewhere(const record::HypothesisHistory& history, const host::Journal& journal) {
  std::vector<RecordSummary> elsewhere = history.openings;
  for (const host::AttemptRow& row : journal.attempts()) {
    std::erase_if(elsewhere, [&row](const RecordSummary& opening) { return opening.plan_sha256 == row.plan_sha256; });
  }
  return elsewhere;
}

/// What is held against later attempts of one whose blocks nobody has: nothing that it asked for was evaluated.
EarlierAttempt unseen_attempt(const record::Lab& lab, const RecordSummary& opening) {
  Plan plan = std::get<Opening>(record::read_entry(lab, opening).content).plan;
  AttemptResult result = blank_result(plan);
  result.blocks = 1;  // at least, for all that is known
  return {opening.name, std::move(plan), std::move(result)};
}

struct PlannedRow {
  host::AttemptRow row;
  Plan plan;
};

/// The journal's attempts at the hypothesis, without comparisons.
std::vector<PlannedRow> rows_of(const host::Journal& journal, const record::HypothesisKey& key) {
  std::vector<PlannedRow> rows;
  for (host::AttemptRow& row : journal.attempts()) {
    if (row.exploratory) continue;
    const bool is_same = row.hypothesis_sha256 == key.sha256;
    if (!is_same && !may_have_old_identity(row)) continue;
    Plan plan = formats::parse_plan(row.plan_json);
    if (plan.environment_name != key.environment_name) continue;
    if (!is_same && host::sha256(formats::hypothesis_json(plan)) != key.sha256) continue;
    rows.push_back({std::move(row), std::move(plan)});
  }
  return rows;
}

AttemptResult result_of_blocks(const Plan& plan, const host::Journal& journal, host::AttemptId attempt) {
  decide::AttemptAnalysis analysis(plan);
  for (const Block& block : read_blocks(journal, attempt)) analysis.add(block);
  return analysis.result();
}

}  // namespace

PriorAttempts prior_attempts(const std::vector<RecordSummary>& records, const host::Journal& journal,
                             const record::HypothesisKey& key) {
  PriorAttempts prior;
  prior.history = record::history_of(records, key);
  prior.spent = prior.history.spent;
  for (auto& [row, plan] : rows_of(journal, key)) {
    if (row.status == host::AttemptStatus::open) {
      prior.open = OpenAttempt{std::move(row), std::move(plan)};
    } else if (!journal.blocks(row.id).empty() && !is_counted(row, records, prior.history)) {
      // An attempt whose record somebody deleted was paid for all the same.
      prior.spent = std::max(prior.spent + 1, row.attempt);
    }
  }
  for (const RecordSummary& opening : opened_elsewhere(prior.history, journal)) {
    prior.spent = std::max(prior.spent + 1, opening.attempt);
  }
  return prior;
}

std::vector<EarlierAttempt> earlier_attempts(const record::Lab& lab, const std::vector<RecordSummary>& records,
                                             const host::Journal& journal, const record::HypothesisKey& key) {
  std::vector<EarlierAttempt> earlier;
  for (const RecordSummary& record : records) {
    const bool is_meant = is_attempt(record) && !record.exploratory && record.hypothesis_sha256 == key.sha256 &&
                          record.environment_name == key.environment_name;
    if (!is_meant) continue;
    Record head = record::read_record_head(lab, record);
    earlier.push_back({record.name, std::move(head.plan), std::move(head.result)});
  }
  for (const RecordSummary& opening : opened_elsewhere(record::history_of(records, key), journal)) {
    earlier.push_back(unseen_attempt(lab, opening));
  }
  for (auto& [row, plan] : rows_of(journal, key)) {
    if (row.status == host::AttemptStatus::open || has_record(row, records)) continue;
    AttemptResult result = result_of_blocks(plan, journal, row.id);
    earlier.push_back({fmt::format("attempt {}", row.attempt), std::move(plan), std::move(result)});
  }
  return earlier;
}

}  // namespace assay::attempt
