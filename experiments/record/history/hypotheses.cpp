#include "experiments/record/history/hypotheses.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/result/decision.hpp"
#include "core/result/verdict.hpp"

namespace assay::record {
namespace {

constexpr std::string_view kReopening = "reopening";

/// Whether the record closes its hypothesis at once, as equivalent, regressed, and improved with its decision do. Only
/// inconclusive and invalid leave another attempt.
bool settles(const RecordSummary& record) {
  const auto verdict = parse_enum<Verdict>(record.verdict);
  const auto decision = parse_enum<Decision>(record.decision);
  if (decision == Decision::keep) return true;
  if (verdict == Verdict::improved) return decision == Decision::discard;
  return verdict == Verdict::regressed || verdict == Verdict::equivalent;
}

void add_attempt(const RecordSummary& record, HypothesisHistory& history) {
  history.attempts.push_back(record);
  history.spent = std::max(history.spent + 1, record.attempt);
  if (settles(record)) history.decided_by = record;
}

/// What came before no longer counts: an assumption that it rested on has changed.
void reopen(const RecordSummary& record, HypothesisHistory& history) {
  history = {.key = history.key, .attempts = {}, .reopened_by = record, .decided_by = {}, .spent = 0};
}

/// \throws Error if the record has a word that this version does not know.
template <class Word>
Word word(const RecordSummary& record, const std::string& text) {
  if (const std::optional<Word> known = parse_enum<Word>(text)) return *known;
  throw Error(fmt::format("record {}: \"{}\" is not known to this version of assay", record.name, text));
}

}  // namespace

QuotedRecord quoted(const RecordSummary& record) {
  return {.number = record.number,
          .name = record.name,
          .sha256 = record.sha256,
          .created_ns = record.created_ns,
          .verdict = word<Verdict>(record, record.verdict),
          .decision = word<Decision>(record, record.decision),
          .reason = word<DecisionReason>(record, record.reason)};
}

int attempts_allowed(const HypothesisHistory& history) {
  return history.attempts.empty() ? 0 : history.attempts.front().attempts;
}

bool is_dead_end(const HypothesisHistory& history) {
  if (history.attempts.empty()) return false;
  if (history.decided_by) return history.decided_by->decision != to_string(Decision::keep);
  return history.spent >= attempts_allowed(history);
}

const RecordSummary& last_word(const HypothesisHistory& history) {
  ASSAY_ASSERT(!history.attempts.empty());
  return history.decided_by ? *history.decided_by : history.attempts.back();
}

std::vector<HypothesisHistory> hypotheses_in(const std::vector<RecordSummary>& records) {
  std::vector<HypothesisHistory> histories;
  std::map<HypothesisKey, std::size_t> known;
  for (const RecordSummary& record : records) {
    const bool is_reopening = record.kind == kReopening;
    if (!is_reopening && (!is_attempt(record) || record.exploratory)) continue;
    const HypothesisKey key{record.hypothesis_sha256, record.environment_name};
    const auto [found, is_new] = known.emplace(key, histories.size());
    if (is_new) histories.push_back({.key = key});
    HypothesisHistory& history = histories[found->second];
    if (is_reopening) {
      reopen(record, history);
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
