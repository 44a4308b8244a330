#include "experiments/attempt/prior_attempts.hpp"

#include <algorithm>
#include <utility>

#include "experiments/formats/plan_json.hpp"

namespace assay::attempt {
namespace {

using record::RecordSummary;

/// Whether the attempt has a record already, or was made before the hypothesis was last reopened.
bool is_counted(const host::AttemptRow& row, const std::vector<RecordSummary>& records,
                const record::HypothesisHistory& history) {
  if (history.reopened_by && row.created_ns < history.reopened_by->created_ns) return true;
  return std::any_of(records.begin(), records.end(),
                     [&row](const RecordSummary& record) { return record.plan_sha256 == row.plan_sha256; });
}

}  // namespace

PriorAttempts prior_attempts(const std::vector<RecordSummary>& records, const host::Journal& journal,
                             const record::HypothesisKey& key) {
  PriorAttempts prior;
  prior.history = record::history_of(records, key);
  prior.spent = prior.history.spent;
  for (host::AttemptRow& row : journal.attempts_of(key.sha256)) {
    if (row.exploratory) continue;
    Plan plan = formats::parse_plan(row.plan_json);
    if (plan.environment_name != key.environment_name) continue;
    if (row.status == host::AttemptStatus::open) {
      prior.open = OpenAttempt{std::move(row), std::move(plan)};
    } else if (!journal.blocks(row.id).empty() && !is_counted(row, records, prior.history)) {
      // An attempt whose record somebody deleted was paid for all the same.
      prior.spent = std::max(prior.spent + 1, row.attempt);
    }
  }
  return prior;
}

}  // namespace assay::attempt
