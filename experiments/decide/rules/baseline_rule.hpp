#pragma once

#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/metric.hpp"
#include "core/plan.hpp"
#include "core/result/verdict.hpp"

namespace assay::decide {

/// Why there is nothing to compare with: control was measured in no block (`no_baseline`), or treatment in none
/// (`broken`). A control trial that timed out counts as measured if treatment's typical time stays below its limit: it
/// then bounds the ratio. Warm-ups are not among the blocks. A yes or no per trial is compared all the same.
[[nodiscard]] std::optional<VerdictReason> missing_arm(const Metric& primary, ArmIndex treatment,
                                                       std::span<const Block> blocks);

/// A verdict after its baseline was asked about: "improved" needs both arms measured in at least 6 blocks, or in all of
/// them if there are fewer, and in a quarter of all blocks. Otherwise the ranks of failed trials, not values, made the
/// claim, and it is inconclusive (`control_fails`). A yes or no per trial needs none of this.
[[nodiscard]] MetricVerdict after_baseline(const MetricVerdict& verdict, const Metric& primary, ArmIndex treatment,
                                           std::span<const Block> blocks);

}  // namespace assay::decide
