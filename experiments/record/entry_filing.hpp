#pragma once

#include <optional>
#include <string>

#include "experiments/record/record_store.hpp"

namespace assay::record {

/// Records what people decided and writes it into DECISIONS.md, and if the lab has anything of a pipeline, renews
/// docs/perf and STATUS.md.
/// \param actor  as `current_actor` takes it
/// \throws Error if the rule does not allow it, or the lab cannot be written.
Entry file_entry(const Lab& lab, const std::optional<std::string>& actor, const EntryRule& rule);

/// Records what only programs read, without a section in DECISIONS.md.
Entry file_bookkeeping(const Lab& lab, const std::optional<std::string>& actor, const EntryRule& rule);

}  // namespace assay::record
