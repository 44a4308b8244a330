#pragma once

#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"

namespace assay::engine {

/// Takes the orders from the front that are run side by side: one, or those of a group of cells.
[[nodiscard]] std::span<const BlockOrder> take_group(const Plan& plan, std::span<const BlockOrder>& orders);

}  // namespace assay::engine
