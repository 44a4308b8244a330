#pragma once

#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"

namespace assay::decide {

/// Whether the variable acted in these blocks, as its `reached` says: the condition holds for the median of treatment's
/// measured trials and does not for the median of control's. A plan without a condition, a metric that does not apply
/// to the cell's workload, and an arm without a value show nothing to the contrary.
[[nodiscard]] bool variable_acted(const Plan& plan, ArmIndex treatment, std::span<const Block> blocks);

}  // namespace assay::decide
