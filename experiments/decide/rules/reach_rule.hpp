#pragma once

#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"

namespace assay::decide {

/// True if the variable acted in these blocks, as its `reached` says: the condition holds for the median of treatment's
/// measured trials and does not hold for the median of control's. Also true if nothing shows the contrary: for a plan
/// without a condition, a metric that does not apply to the cell's workload, and an arm without a value.
[[nodiscard]] bool variable_acted(const Plan& plan, ArmIndex treatment, std::span<const Block> blocks);

}  // namespace assay::decide
