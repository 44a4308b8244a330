#pragma once

#include <string>
#include <vector>

#include "core/record/baseline.hpp"
#include "core/record/review.hpp"
#include "core/target.hpp"

namespace assay::record {

/// Holds what was measured afresh against a target's limit: met, missed or not decidable by the interval, never by the
/// figure. The samples' plan has the target's workload, state and metric.
[[nodiscard]] std::vector<ReviewItem> target_items(const Target& target, const Baseline& samples);

}  // namespace assay::record
