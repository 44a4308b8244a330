#include "experiments/attempt/filing.hpp"

#include <utility>

#include "core/host/files/file_lock.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/machine/machine.hpp"
#include "core/version.hpp"
#include "experiments/attempt/lab_links.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/documents/perf_documents.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::attempt {
namespace {

/// The complete evidence, except the number and the parents, which storing gives. It takes the blocks, since many of
/// them twice would be most of the memory that an attempt needs.
Record record_of(Outcome& outcome, const host::Journal& journal, host::AttemptId attempt) {
  Record record;
  record.program_version = program_version();
  record.created_ns = host::unix_time_ns();
  record.actor = outcome.actor;
  record.git_identity = record::other_git_identity(outcome.actor);
  record.plan_sha256 = outcome.plan_sha256;
  record.plan = outcome.plan;
  record.machine = host::read_machine();
  record.revision = outcome.revision;
  record.has_other_changes = outcome.has_other_changes;
  record.interruptions_ns = journal.interruptions(attempt);
  record.blocks = std::move(outcome.blocks);
  record.result = outcome.result;
  return record;
}

}  // namespace

std::optional<FiledRecord> file_record(const record::Lab& lab, host::Journal& journal, host::AttemptId attempt,
                                       host::AttemptStatus status, Outcome& outcome) {
  if (outcome.blocks.empty()) {
    close_opening(lab, outcome.plan_sha256, outcome.actor);
    journal.finish_attempt(attempt, status, "");
    return std::nullopt;
  }
  // Under one lock, so that nobody sees the record without its entry.
  host::make_folder(lab.records_folder());
  const host::FileLock lock(lab.lock_path());
  Record filed = record::store_record(lab, record_of(outcome, journal, attempt));
  FiledRecord named{filed.number, record_name(filed), record::record_sha256(lab, filed)};
  try {
    record::write_decision(lab, filed);
    record::renew_pipeline_documents(lab);
  } catch (const Error& failure) {
    throw record::recorded_all_the_same(named.name, failure);
  }
  journal.finish_attempt(attempt, status, named.name);
  outcome.blocks = std::move(filed.blocks);
  return named;
}

}  // namespace assay::attempt
