#pragma once

#include <optional>
#include <vector>

#include "experiments/record/record_store.hpp"
#include "experiments/record/verification/verification.hpp"

namespace assay::record {

/// What is wrong with one record, without looking at those beside it: its plan is not the one that was hashed, its
/// result does not follow from its blocks, or its file is not the one whose SHA-256 its children, signatures or
/// documents name. A record that nothing names is doubted if some record of the lab was changed, and nobody can tell
/// which. std::nullopt: nothing.
/// \param records  all of the lab \throws Error if a file cannot be read. Cost: some 10 ms.
[[nodiscard]] std::optional<Difference> flaw_of_one(const Lab& lab, const std::vector<RecordSummary>& records,
                                                    const RecordSummary& record);

}  // namespace assay::record
