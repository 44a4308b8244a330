#pragma once

#include <optional>
#include <vector>

#include "experiments/record/record_store.hpp"
#include "experiments/record/verification/verification.hpp"

namespace assay::record {

/// The first figure of a review that no record carries: what it is about is gone, its samples contradict themselves, or
/// its items or its grade are not what the samples give.
[[nodiscard]] std::optional<Difference> flaw_in_reviews(const Lab& lab, const std::vector<RecordSummary>& records);

}  // namespace assay::record
