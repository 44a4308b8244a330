#include "experiments/record/entry_filing.hpp"

#include <fmt/format.h>

#include "core/host/files/file_lock.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/clock.hpp"
#include "core/version.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/documents/perf_documents.hpp"
#include "experiments/record/documents/review.hpp"

namespace assay::record {

namespace {

Entry draft_by(const std::optional<std::string>& actor) {
  Entry draft;
  draft.program_version = program_version();
  draft.created_ns = host::unix_time_ns();
  draft.actor = current_actor(actor);
  draft.git_identity = other_git_identity(draft.actor);
  return draft;
}

}  // namespace

Entry file_entry(const Lab& lab, const std::optional<std::string>& actor, const EntryRule& rule) {
  // Under one lock, so that nobody sees the entry without its section in DECISIONS.md.
  host::make_folder(lab.records_folder());
  const host::FileLock lock(lab.lock_path());
  Entry filed = store_entry(lab, draft_by(actor), rule);
  try {
    write_decision(lab, filed);
    renew_pipeline_documents(lab);
    const bool is_in_review = std::holds_alternative<ChallengeEntry>(filed.content) ||
                              std::holds_alternative<AllowedFinding>(filed.content) ||
                              std::holds_alternative<Review>(filed.content);
    if (is_in_review) render_review(lab);
  } catch (const Error& failure) {
    throw recorded_all_the_same(entry_name(filed), failure);
  }
  return filed;
}

Error recorded_all_the_same(const std::string& name, const Error& failure) {
  return Error(fmt::format("recorded as {}, so it need not be done again; but the documents that show it could not be "
                           "written: {}",
                           name, failure.what()),
               failure.kind());
}

Entry file_bookkeeping(const Lab& lab, const std::optional<std::string>& actor, const EntryRule& rule) {
  return store_entry(lab, draft_by(actor), rule);
}

}  // namespace assay::record
