#pragma once

#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/decide/rules/outside_clock.hpp"

namespace assay::decide {

/// Reports that the wall time of trials rose by more than the margin while a time that the program states itself fell:
/// one of the two is not what it seems. Empty otherwise, or if the metric is no such time.
[[nodiscard]] std::optional<Diagnostic> contradicted_by_wall(const Plan& plan, const ClaimedSaving& claim,
                                                             std::span<const Block> blocks);

}  // namespace assay::decide
