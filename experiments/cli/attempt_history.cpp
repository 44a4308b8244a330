#include "experiments/cli/attempt_history.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/decision.hpp"
#include "core/error.hpp"
#include "core/verdict.hpp"
#include "experiments/design/plan_json.hpp"

namespace assay::cli {
namespace {

using experiments::RecordSummary;

/// Equivalent and regressed close a hypothesis at once, and so does improved with its decision; only inconclusive and
/// invalid leave an attempt.
bool settles(const RecordSummary& record) {
  const auto verdict = parse_enum<Verdict>(record.verdict);
  const auto decision = parse_enum<Decision>(record.decision);
  if (decision == Decision::keep) return true;
  if (verdict == Verdict::improved) return decision == Decision::discard;
  return verdict == Verdict::regressed || verdict == Verdict::equivalent;
}

void add_records(const experiments::Lab& lab, const HypothesisPlace& place, AttemptHistory& history) {
  for (const RecordSummary& summary : experiments::list_records(lab)) {
    if (summary.hypothesis_sha256 != place.sha256 || summary.environment_name != place.environment_name) continue;
    if (summary.exploratory) continue;
    history.last = summary;
    history.spent = std::max(history.spent, summary.attempt);
    if (settles(summary)) history.decided_by = summary;
  }
}

/// An attempt whose record someone deleted was paid for all the same.
void add_journal(const host::Journal& journal, const HypothesisPlace& place, AttemptHistory& history) {
  for (const host::AttemptRow& row : journal.attempts_of(place.sha256)) {
    if (row.exploratory || experiments::parse_plan(row.plan_json).environment_name != place.environment_name) continue;
    if (row.status == host::AttemptStatus::open) {
      history.open = row;
    } else if (!journal.blocks(row.id).empty()) {
      history.spent = std::max(history.spent, row.attempt);
    }
  }
}

}  // namespace

AttemptHistory history_of(const experiments::Lab& lab, const host::Journal& journal, const HypothesisPlace& place) {
  AttemptHistory history;
  add_records(lab, place, history);
  add_journal(journal, place, history);
  return history;
}

void refuse_what_is_settled(const AttemptHistory& history, const std::string& experiment, int attempts) {
  if (history.decided_by) {
    const RecordSummary& record = *history.decided_by;
    throw Error(fmt::format("{} is decided: record {} says {} -> {}; see assay show {}", experiment, record.name,
                            record.verdict, record.decision, record.number),
                ErrorKind::refused);
  }
  if (history.spent >= attempts) {
    const std::string where =
        history.last ? fmt::format("the last is record {}; see assay show {}", history.last->name, history.last->number)
                     : "their records are gone";
    throw Error(fmt::format("{} is a dead end: its {} attempts are spent, {}", experiment, attempts, where),
                ErrorKind::refused);
  }
}

}  // namespace assay::cli
