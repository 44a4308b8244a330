#include "experiments/decide/rules/order_rule.hpp"

#include <algorithm>

#include "experiments/decide/numbered_rules/rule_set.hpp"

namespace assay::decide {

bool has_one_order(const Plan& plan, std::span<const Block> blocks) {
  if (rules_of(plan).one_order == OneOrder::claims || plan.order == OrderSource::unknown) return false;
  if (arm_count(plan) != 2 || plan.protocol.design != Design::blocks || rounds_per_block(plan.protocol) != 1) {
    return false;
  }
  if (blocks.empty()) return false;
  const ArmIndex first = blocks.front().trials.front().arm;
  return std::all_of(blocks.begin(), blocks.end(),
                     [first](const Block& block) { return block.trials.front().arm == first; });
}

MetricVerdict after_order(const MetricVerdict& verdict, const Plan& plan, std::span<const Block> blocks) {
  const bool claims = verdict.verdict == Verdict::improved || verdict.verdict == Verdict::regressed;
  if (!claims || plan.order == OrderSource::drawn || !has_one_order(plan, blocks)) return verdict;
  return {Verdict::inconclusive, VerdictReason::one_order};
}

}  // namespace assay::decide
