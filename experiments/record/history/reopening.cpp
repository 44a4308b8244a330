#include "experiments/record/history/reopening.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {
namespace {

Error refusal(const std::string& what) {
  return Error(what, ErrorKind::refused);
}

void check_is_dead_end(const HypothesisHistory& history) {
  if (history.attempts.empty()) {
    throw refusal(fmt::format("nothing to reopen: no attempt of this hypothesis is recorded in the environment {}{}",
                              history.key.environment_name,
                              history.reopened_by ? " since " + history.reopened_by->name + " reopened it" : ""));
  }
  const RecordSummary& last = last_word(history);
  if (is_dead_end(history)) return;
  if (history.decided_by) throw refusal(fmt::format("{} is no dead end: {} kept it", last.experiment, last.name));
  throw refusal(fmt::format("{} is no dead end: {} of its {} attempts are left; assay run goes on", last.experiment,
                            attempts_allowed(history) - history.spent, attempts_allowed(history)));
}

void check_assumption(const RecordSummary& last, const std::vector<std::string>& assumptions,
                      const std::string& assumption) {
  if (std::find(assumptions.begin(), assumptions.end(), assumption) != assumptions.end()) return;
  if (assumptions.empty()) {
    throw refusal(fmt::format(
        "{} names no assumptions (record {}), so that none can have changed: it stays a dead end. The way on "
        "is another question, that is another level, command, workload, limit or primary metric, in a file "
        "that states its assumptions: assay tried FILE says whether it is one. assay compare measures the "
        "old one as often as you like, without a decision",
        last.experiment, last.name));
  }
  throw refusal(fmt::format("\"{}\" is no assumption of {}: expected one of \"{}\"{}", assumption, last.name,
                            fmt::join(assumptions, "\", \""),
                            did_you_mean(assumption, {assumptions.begin(), assumptions.end()})));
}

/// What has changed once is not what was assumed any more: the file should say what holds now.
void check_is_news(const Lab& lab, const std::vector<RecordSummary>& records, const ReopeningRequest& request) {
  for (const RecordSummary& record : records) {
    if (record.kind != RecordKind::reopening || record.hypothesis_sha256 != request.key.sha256) continue;
    if (record.environment_name != request.key.environment_name) continue;
    const Entry entry = read_entry(lab, record);
    if (std::get<Reopening>(entry.content).assumption != request.assumption) continue;
    throw refusal(
        fmt::format("\"{}\" was given up in {} already: state in the experiment's assumptions what holds now, "
                    "and name the one that has changed since",
                    request.assumption, record.name));
  }
}

}  // namespace

Reopening checked_reopening(const Lab& lab, const std::vector<RecordSummary>& records,
                            const ReopeningRequest& request) {
  const HypothesisHistory history = history_of(records, request.key);
  check_is_dead_end(history);
  const RecordSummary& last = last_word(history);
  check_assumption(last, read_record_head(lab, last).plan.assumptions, request.assumption);
  check_is_news(lab, records, request);
  return {.experiment = last.experiment,
          .hypothesis_sha256 = request.key.sha256,
          .environment_name = request.key.environment_name,
          .ended_by = last.sha256,
          .assumption = request.assumption,
          .reason = request.reason};
}

}  // namespace assay::record
