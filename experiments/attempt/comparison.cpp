#include "experiments/attempt/comparison.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/host/files/digest.hpp"
#include "core/host/journal/journal.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/machine/lineage.hpp"
#include "core/host/machine/lock.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/exploratory_sessions.hpp"
#include "experiments/attempt/filing.hpp"
#include "experiments/attempt/measure.hpp"
#include "experiments/attempt/secret_notes.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/committed_revision.hpp"
#include "experiments/record/lab.hpp"

namespace assay::attempt {
namespace {

constexpr std::int64_t kDay = 86'400'000'000'000;

FrozenPlan frozen(const ComparisonRequest& comparison, const RunOptions& options, Observer& observer) {
  definition::Definition definition = comparison.definition;
  note_secrets(definition, observer);
  resolve_variable(definition, comparison.folder, EqualLevels::allowed, observer);
  return exploratory_plan(definition, comparison.folder, options);
}

/// How often this very comparison was started on this day (UTC), this time included.
int times_today(const host::Journal& journal, const std::string& hypothesis_sha256) {
  const std::int64_t today = host::unix_time_ns() / kDay;
  const auto rows = journal.attempts_of(hypothesis_sha256);
  return static_cast<int>(std::count_if(rows.begin(), rows.end(), [today](const host::AttemptRow& row) {
    return row.exploratory && row.created_ns / kDay == today;
  }));
}

/// Runs it with blocks in this journal, which outside a lab is gone afterwards.
Ending run_with(host::Journal& journal, const std::optional<record::Lab>& lab, FrozenPlan plan, Keep keep,
                const RunOptions& options, Observer& observer) {
  const std::string actor = record::current_actor(options.actor);
  host::refuse_recursion(plan.hypothesis_sha256);
  const host::MeasuringLock lock = take_measuring_lock("assay compare", options, observer);
  const std::string hypothesis_sha256 = plan.hypothesis_sha256;
  JournalledAttempt attempt = open_attempt(journal, std::move(plan));
  if (lab) attempt.build_logs = lab->build_logs_folder(attempt.plan_sha256);
  record::CommittedRevision began_at =
      keep == Keep::record ? record::committed_revision(attempt.plan.folder) : record::CommittedRevision{};
  session::SessionEnd end =
      measure(attempt, journal, lock, options, observer, {.when_futile = session::WhenFutile::stops});
  const int times = times_today(journal, hypothesis_sha256);
  if (times > 1) end.result.audit.notes.push_back(fmt::format("run {} of this comparison today", times));
  if (keep == Keep::record) {
    end.result.audit.notes.emplace_back(
        "exploratory: this comparison had all of alpha for itself, and comparisons that were not recorded are not "
        "counted");
  }
  Outcome outcome = outcome_of(attempt, end, actor, std::move(began_at));
  if (end.interrupted) {
    journal.finish_attempt(attempt.id, host::AttemptStatus::closed, "");
    return Interrupted{std::move(outcome)};
  }
  std::optional<FiledRecord> filed;
  if (keep == Keep::record) {
    filed = file_record(*lab, journal, attempt.id, host::AttemptStatus::finished, outcome);
  } else {
    journal.finish_attempt(attempt.id, host::AttemptStatus::finished, "");
  }
  return Finished{std::move(outcome), std::move(filed)};
}

}  // namespace

Ending run_comparison(const ComparisonRequest& comparison, const RunOptions& options, Observer& observer) {
  FrozenPlan plan = frozen(comparison, options, observer);
  const std::optional<record::Lab> lab = record::Lab::find(comparison.folder);
  if (comparison.keep == Keep::record && !lab) return Refusal{comparison.definition.id, NoLab{comparison.folder}};
  host::Journal journal = lab ? host::Journal(lab->journal_path()) : host::Journal::in_memory();
  try {
    return run_with(journal, lab, std::move(plan), comparison.keep, options, observer);
  } catch (const host::HostBusyError& busy) {
    return Refusal{comparison.definition.id, HostBusy{busy.holder().description, busy.path()}};
  }
}

}  // namespace assay::attempt
