#pragma once

#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"

namespace assay::decide {

/// Reports that treatment's first warm-up took longer than every one of its trials by more than the saving that is
/// claimed, and control's did not: what came later may live on what the first one left behind. Empty otherwise.
/// \param claimed  an improvement, as a log ratio below 0
[[nodiscard]] std::optional<Diagnostic> slow_first_warm_up(const AuditResult& audit, const Comparison& comparison,
                                                           double claimed, std::span<const Block> blocks);

}  // namespace assay::decide
