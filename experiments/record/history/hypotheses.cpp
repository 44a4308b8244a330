#include "experiments/record/history/hypotheses.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/assert.hpp"
#include "core/result/decision.hpp"
#include "core/result/verdict.hpp"

namespace assay::record {
namespace {

/// Whether the record closes its hypothesis at once, as equivalent, regressed, and improved with its decision do. Only
/// inconclusive and invalid leave another attempt.
bool settles(const RecordSummary& record) {
  const std::optional<Verdict> verdict = record.verdict;
  if (record.decision == Decision::keep) return true;
  if (verdict == Verdict::improved) return record.decision == Decision::discard;
  return verdict == Verdict::regressed || verdict == Verdict::equivalent;
}

void add_attempt(const RecordSummary& record, HypothesisHistory& history) {
  history.attempts.push_back(record);
  history.spent = std::max(history.spent + 1, record.attempt);
  if (settles(record)) history.decided_by = record;
}

/// What came before no longer counts: an assumption that it rested on has changed.
void reopen(const RecordSummary& record, HypothesisHistory& history) {
  history = {.key = history.key, .reopened_by = record};
}

/// What held the newest attempt's keep back is accepted.
void accept(const RecordSummary& record, HypothesisHistory& history) {
  for (const RecordSummary& attempt : history.attempts) {
    if (attempt.sha256 != record.settles) continue;
    history.decided_by = attempt;
    history.accepted_by = record;
  }
}

/// The hashes of all plans whose attempts have a record, and of all records that an entry settles.
std::set<std::string_view> settled_hashes(const std::vector<RecordSummary>& records) {
  std::set<std::string_view> settled;
  for (const RecordSummary& record : records) {
    if (is_attempt(record)) settled.insert(record.plan_sha256);
    if (!record.settles.empty()) settled.insert(record.settles);
  }
  return settled;
}

bool concerns_a_hypothesis(const RecordSummary& record) {
  if (is_attempt(record)) return !record.exploratory;
  return record.kind == RecordKind::reopening || record.kind == RecordKind::opening ||
         record.kind == RecordKind::acceptance;
}

}  // namespace

QuotedRecord quoted(const RecordSummary& record) {
  ASSAY_ASSERT(record.verdict && record.decision && record.reason);
  return {.number = record.number,
          .name = record.name,
          .sha256 = record.sha256,
          .created_ns = record.created_ns,
          .verdict = *record.verdict,
          .decision = *record.decision,
          .reason = *record.reason,
          .no_better_level = record.no_better_level};
}

int attempts_allowed(const HypothesisHistory& history) {
  if (!history.attempts.empty()) return history.attempts.front().attempts;
  return history.openings.empty() ? 0 : history.openings.front().attempts;
}

bool is_dead_end(const HypothesisHistory& history) {
  if (history.attempts.empty()) return false;
  if (history.accepted_by) return false;
  if (history.decided_by) return history.decided_by->decision != Decision::keep;
  return history.spent >= attempts_allowed(history);
}

bool is_kept(const HypothesisHistory& history) {
  return history.accepted_by || (history.decided_by && history.decided_by->decision == Decision::keep);
}

const RecordSummary& last_word(const HypothesisHistory& history) {
  ASSAY_ASSERT(!history.attempts.empty());
  return history.decided_by ? *history.decided_by : history.attempts.back();
}

std::vector<HypothesisHistory> hypotheses_in(const std::vector<RecordSummary>& records) {
  std::vector<HypothesisHistory> histories;
  std::map<HypothesisKey, std::size_t> known;
  const std::set<std::string_view> settled = settled_hashes(records);
  for (const RecordSummary& record : records) {
    if (!concerns_a_hypothesis(record)) continue;
    if (record.kind == RecordKind::opening && (settled.contains(record.plan_sha256) || settled.contains(record.sha256)))
      continue;
    const HypothesisKey key{record.hypothesis_sha256, record.environment_name};
    const auto [found, is_new] = known.emplace(key, histories.size());
    if (is_new) histories.push_back({.key = key});
    HypothesisHistory& history = histories[found->second];
    if (record.kind == RecordKind::reopening) {
      reopen(record, history);
    } else if (record.kind == RecordKind::opening) {
      history.openings.push_back(record);
    } else if (record.kind == RecordKind::acceptance) {
      accept(record, history);
    } else {
      add_attempt(record, history);
    }
  }
  return histories;
}

HypothesisHistory history_of(const std::vector<RecordSummary>& records, const HypothesisKey& key) {
  for (HypothesisHistory& history : hypotheses_in(records)) {
    if (history.key == key) return std::move(history);
  }
  return {.key = key};
}

}  // namespace assay::record
