#pragma once

#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "experiments/planning/simulation/trace.hpp"

namespace assay::planning {

/// The primary metric of measured blocks as the noise of one program: the values of control and of the first treatment
/// in the order in which they ran. Treatment's are divided by the ratio of the arms' medians, which takes the effect
/// out. Each cell is a group. Blocks in which a trial failed are left out.
[[nodiscard]] Trace recorded_trace(const Plan& plan, std::span<const Block> blocks);

}  // namespace assay::planning
