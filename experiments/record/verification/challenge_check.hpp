#pragma once

#include <optional>
#include <vector>

#include "experiments/record/record_store.hpp"
#include "experiments/record/verification/verification.hpp"

namespace assay::record {

/// The first figure of a challenge that no record carries: its claim or its samples are gone, they belong to another
/// claim, or its grade is not the one that its samples have.
[[nodiscard]] std::optional<Difference> flaw_in_challenges(const Lab& lab, const std::vector<RecordSummary>& records);

}  // namespace assay::record
