#include "experiments/record/entry_filing.hpp"

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
  Entry filed = store_entry(lab, std::move(draft), rule);
  write_decision(lab, filed);
  return filed;
}

}  // namespace assay::record
