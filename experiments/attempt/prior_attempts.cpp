#include "experiments/cli/attempt_history.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/formats/plan_json.hpp"
#include "experiments/report/facts.hpp"

namespace assay::cli {
namespace {

using record::HypothesisPlace;
using record::HypothesisStanding;
using record::RecordSummary;

/// Whether the records have this attempt already, or it belongs to what was before the last reopening.
bool is_counted(const host::AttemptRow& row, const std::vector<RecordSummary>& records,
                const HypothesisStanding& standing) {
  if (standing.reopened_by && row.created_ns < standing.reopened_by->created_ns) return true;
  return std::any_of(records.begin(), records.end(),
                     [&row](const RecordSummary& record) { return record.plan_sha256 == row.plan_sha256; });
}

/// An attempt whose record someone deleted was paid for all the same.
void add_journal(const host::Journal& journal, const std::vector<RecordSummary>& records, AttemptHistory& history) {
  const HypothesisPlace& place = history.standing.place;
  for (const host::AttemptRow& row : journal.attempts_of(place.sha256)) {
    if (row.exploratory || formats::parse_plan(row.plan_json).environment_name != place.environment_name) continue;
    if (row.status == host::AttemptStatus::open) {
      history.open = row;
    } else if (!journal.blocks(row.id).empty() && !is_counted(row, records, history.standing)) {
      history.spent = std::max(history.spent + 1, row.attempt);
    }
  }
}

Error refusal(const std::string& what) {
  return Error(what, ErrorKind::refused);
}

/// "record 0002-poll of 2026-03-01 14:05 UTC says regressed -> discard (worse); see assay show 2"
std::string word_of(const RecordSummary& record) {
  return fmt::format("record {} of {} says {} -> {} ({}); see assay show {}", record.name,
                     report::utc_text(record.created_ns), record.verdict, record.decision, record.reason,
                     record.number);
}

constexpr const char* kWayBack =
    "once something that it assumes has changed: assay reopen FILE --assumption TEXT --reason TEXT";

void refuse_what_is_decided(const HypothesisStanding& standing, const std::string& experiment) {
  if (!standing.decided_by) return;
  const std::string word = word_of(*standing.decided_by);
  if (!record::is_dead_end(standing)) throw refusal(fmt::format("{} is decided: {}", experiment, word));
  throw refusal(fmt::format("{} is decided, a dead end: {}; {}", experiment, word, kWayBack));
}

void refuse_what_is_spent(const AttemptHistory& history, const WantedAttempt& wanted) {
  const HypothesisStanding& standing = history.standing;
  const int allowed = standing.attempts.empty() ? wanted.protocol.attempts : attempts_allowed(standing);
  if (history.spent < allowed) return;
  const std::string where =
      standing.attempts.empty() ? "their records are gone" : "the last " + word_of(standing.attempts.back());
  throw refusal(
      fmt::format("{} is a dead end: its {} attempts are spent, {}; {}", wanted.experiment, allowed, where, kWayBack));
}

/// Attempts share one alpha, which was fixed before the first of them.
void refuse_what_would_cost_more(const HypothesisStanding& standing, const WantedAttempt& wanted) {
  if (standing.attempts.empty()) return;
  const RecordSummary& first = standing.attempts.front();
  if (wanted.protocol.attempts != first.attempts) {
    throw refusal(
        fmt::format("{} asks for attempts = {}, but began with {} (record {}): they share one alpha, so "
                    "restore it",
                    wanted.experiment, wanted.protocol.attempts, first.attempts, first.name));
  }
  if (wanted.protocol.alpha > first.alpha) {
    throw refusal(
        fmt::format("{} asks for alpha = {}, but began with {} (record {}): all attempts share it, so "
                    "restore it",
                    wanted.experiment, wanted.protocol.alpha, first.alpha, first.name));
  }
}

}  // namespace

AttemptHistory history_of(const record::Lab& lab, const host::Journal& journal, const HypothesisPlace& place) {
  const std::vector<RecordSummary> records = record::list_records(lab);
  AttemptHistory history;
  history.standing = record::standing_of(records, place);
  history.spent = history.standing.spent;
  add_journal(journal, records, history);
  return history;
}

void refuse_what_is_settled(const AttemptHistory& history, const WantedAttempt& wanted) {
  refuse_what_is_decided(history.standing, wanted.experiment);
  refuse_what_is_spent(history, wanted);
  refuse_what_would_cost_more(history.standing, wanted);
}

}  // namespace assay::cli
