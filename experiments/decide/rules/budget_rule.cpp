#include "experiments/decide/rules/budget_rule.hpp"

#include <algorithm>

#include "core/metric.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// What the started trials of an arm took of one part.
struct Taken {
  std::vector<double> amounts = {};
  int untold_trials = 0;
};

Taken taken_by(std::span<const Block> blocks, ArmIndex arm, BudgetPart part) {
  Taken taken;
  for (const Block& block : blocks) {
    for (const Trial* trial : trials_of(block, arm)) {
      if (!was_started(*trial)) continue;
      if (const std::optional<double> amount = built_in_value(metric_of(part), trial->usage)) {
        taken.amounts.push_back(*amount);
      } else {
        ++taken.untold_trials;
      }
    }
  }
  return taken;
}

BudgetUse use_of(BudgetPart part, double limit, const Taken& taken) {
  BudgetUse use{.part = part, .standing = BudgetStanding::untold, .limit = limit};
  use.untold_trials = taken.untold_trials;
  if (taken.amounts.empty()) return use;
  use.used = part == BudgetPart::cpus ? stats::median(taken.amounts)
                                      : *std::max_element(taken.amounts.begin(), taken.amounts.end());
  const bool most_are_told = taken.amounts.size() > static_cast<std::size_t>(taken.untold_trials);
  if (*use.used > limit) {
    use.standing = BudgetStanding::breached;
  } else if (most_are_told) {
    use.standing = BudgetStanding::within;
  }
  return use;
}

}  // namespace

std::vector<BudgetUse> budget_uses(const Budget& budget, std::span<const Block> blocks, ArmIndex arm) {
  std::vector<BudgetUse> uses;
  for (const BudgetPart part : kBudgetParts) {
    if (const auto limit = limit_of(budget, part)) uses.push_back(use_of(part, *limit, taken_by(blocks, arm, part)));
  }
  return uses;
}

std::vector<BudgetUse> budget_uses(const Plan& plan, std::span<const Block> blocks, ArmIndex arm) {
  return budget_uses(plan.budget, blocks, arm);
}

bool any_with(std::span<const BudgetUse> uses, BudgetStanding standing) {
  return std::any_of(uses.begin(), uses.end(), [standing](const BudgetUse& use) { return use.standing == standing; });
}

}  // namespace assay::decide
