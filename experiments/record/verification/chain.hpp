#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "experiments/record/record_store.hpp"
#include "experiments/record/verification/verification.hpp"

namespace assay::record {

/// The record names that documents and signatures give for hashes. They distinguish a changed record from one that is
/// gone.
using KnownHashes = std::map<std::string, std::string>;

/// The first flaw of the chain: a record's parent is missing, has no lower number, or is dated more than a day later,
/// something that an entry refers to is missing, or a number is missing. std::nullopt if there is none. `records` are
/// oldest first; `known` are the hashes that documents and signatures name.
[[nodiscard]] std::optional<Difference> flaw_in_chain(const std::vector<RecordSummary>& records,
                                                      const KnownHashes& known);

}  // namespace assay::record
