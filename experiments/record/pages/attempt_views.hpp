#pragma once

#include <vector>

#include "core/record/record.hpp"
#include "experiments/report/html/comparison_figures.hpp"

namespace assay::record {

/// What the pictures of each comparison of a record are drawn from. The looks come from feeding the recorded blocks to
/// the analysis again, so they are what the attempt itself saw. The record must outlive them.
/// \throws Error (invalid) if a block is one that the plan cannot have.
[[nodiscard]] std::vector<report::ComparisonView> attempt_views(const Record& record);

/// The effects of a comparison's blocks, in block order and on the analysis scale. Empty for a race, whose blocks do
/// not hold all arms.
[[nodiscard]] std::vector<double> block_effects(const Record& record, const Comparison& comparison);

}  // namespace assay::record
