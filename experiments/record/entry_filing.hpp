#pragma once

#include <optional>
#include <string>

#include "core/error.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// Records what people decided and writes it into DECISIONS.md, and if the lab has anything of a pipeline, renews
/// docs/perf and STATUS.md.
/// \param actor  as `current_actor` takes it
/// \throws Error if the rule does not allow it, or the lab cannot be written.
Entry file_entry(const Lab& lab, const std::optional<std::string>& actor, const EntryRule& rule);

/// What to throw if a record or entry is stored and a document that shows it cannot be written: a person who only heard
/// of the failure would do it once more.
[[nodiscard]] Error recorded_all_the_same(const std::string& name, const Error& failure);

/// Records what only programs read, without a section in DECISIONS.md.
Entry file_bookkeeping(const Lab& lab, const std::optional<std::string>& actor, const EntryRule& rule);

}  // namespace assay::record
