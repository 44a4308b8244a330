#include "experiments/record/entry_filing.hpp"

#include "core/host/files/file_lock.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/clock.hpp"
#include "core/version.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/documents/decisions.hpp"

namespace assay::record {

Entry file_entry(const Lab& lab, const std::optional<std::string>& actor, const EntryRule& rule) {
  Entry draft;
  draft.program_version = program_version();
  draft.created_ns = host::unix_time_ns();
  draft.actor = current_actor(actor);
  // Under one lock, so that nobody sees the entry without its section in DECISIONS.md.
  host::make_folder(lab.records_folder());
  const host::FileLock lock(lab.lock_path());
  Entry filed = store_entry(lab, std::move(draft), rule);
  write_decision(lab, filed);
  return filed;
}

}  // namespace assay::record
