#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "experiments/record/record_store.hpp"
#include "experiments/record/verification.hpp"

namespace assay::record {

/// Names that documents and signatures give to hashes: what tells a changed record from one that is gone.
using KnownHashes = std::map<std::string, std::string>;

/// Whether each record's parents are there and older, whatever entries refer to is there, and no number is missing.
/// `records` are oldest first; `known` are the hashes that DECISIONS.md names, with the record's name.
[[nodiscard]] std::optional<Difference> flaw_in_chain(const std::vector<RecordSummary>& records,
                                                      const KnownHashes& known);

}  // namespace assay::record
