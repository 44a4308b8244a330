#pragma once

#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "experiments/planning/simulation/trace.hpp"

namespace assay::planning {

/// The primary metric of blocks that were measured, as the noise of one program: control's and the first treatment's
/// values in the order in which they ran, treatment's divided by the ratio of the arms' medians. One group a cell.
/// Blocks in which a trial failed are left out.
[[nodiscard]] Trace recorded_trace(const Plan& plan, std::span<const Block> blocks);

}  // namespace assay::planning
