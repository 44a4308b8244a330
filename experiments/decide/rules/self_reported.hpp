#pragma once

#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/decide/rules/outside_clock.hpp"

namespace assay::decide {

/// Reports that the wall time of trials rose while a metric that the program states itself improved: one of the two is
/// not what it seems. A time or a speed ("ms", "ns/op", "req/s") is contradicted by a rise of more than the margin, and
/// of 3 % at least; any other metric by one of 10 % at least, since it may be bought with a little time. Empty
/// otherwise, and for built-in metrics, sizes, shares and passed tests.
[[nodiscard]] std::optional<Diagnostic> contradicted_by_wall(const Plan& plan, const ClaimedSaving& claim,
                                                             std::span<const Block> blocks);

}  // namespace assay::decide
