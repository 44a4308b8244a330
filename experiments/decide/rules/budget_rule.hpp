#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/budget_use.hpp"

namespace assay::decide {

/// What the trials of one arm took of each part that the plan limits, in the order of the parts: the most of any trial
/// for memory and disk, and the median of the trials for CPUs. A part is kept only if more than half of the trials show
/// what they took (docs/methods/budgets.md).
[[nodiscard]] std::vector<BudgetUse> budget_uses(const Plan& plan, std::span<const Block> blocks, ArmIndex arm);

/// What a budget that is not the plan's would say of the same trials.
[[nodiscard]] std::vector<BudgetUse> budget_uses(const Budget& budget, std::span<const Block> blocks, ArmIndex arm);

[[nodiscard]] bool any_with(std::span<const BudgetUse> uses, BudgetStanding standing);

}  // namespace assay::decide
