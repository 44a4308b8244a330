#pragma once

#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/verdict.hpp"

namespace assay::decide {

/// True if these blocks all have one and the same known order, so that an effect of the order cannot be told from that
/// of the variable. Asked only of two arms in a design of blocks, by the rules that ask it.
[[nodiscard]] bool has_one_order(const Plan& plan, std::span<const Block> blocks);

/// A verdict at its stop: a claimed difference of such blocks is inconclusive (`one_order`), unless the order was
/// drawn. By a fair coin it is one and the same by chance, at most once in 32 attempts of six blocks.
[[nodiscard]] MetricVerdict after_order(const MetricVerdict& verdict, const Plan& plan, std::span<const Block> blocks);

}  // namespace assay::decide
