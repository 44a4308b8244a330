#pragma once

#include <vector>

#include "experiments/record/history/claims.hpp"

namespace assay::record {

/// What `judged_claims` gives, by records and signatures and nothing else: whether a key was known
/// before the claim was made is told by git, and confirmations count at any age. So a document that shows them stays
/// true when something is committed, and when time passes. \throws Error if an entry or a signature cannot be read.
[[nodiscard]] std::vector<ClaimStatus> recorded_claims(const Lab& lab, const std::vector<RecordSummary>& records);

}  // namespace assay::record
