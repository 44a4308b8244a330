#pragma once

#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"

namespace assay::decide {

/// A saving of time that one comparison claims.
struct ClaimedTime {
  std::size_t cell = 0;
  NamedArm treatment;
  double effect = 0;  ///< a log ratio below 0
};

/// Reports that treatment's first warm-up took longer than every one of its trials by more than half of the saving that
/// is claimed (as a ratio), and control's did not: what came later may live on what the first one left behind. Empty
/// otherwise.
[[nodiscard]] std::optional<Diagnostic> slow_first_warm_up(const AuditResult& audit, const ClaimedTime& claim,
                                                           std::span<const Block> blocks);

/// What treatment's first run in a fresh place says of a slow first warm-up, if there was one and such a run. The
/// statistic is above 0 if it was slow again: treatment lives on what earlier runs leave.
[[nodiscard]] std::optional<Diagnostic> fresh_start(const AuditResult& audit, const ClaimedTime& claim,
                                                    std::span<const Block> blocks);

}  // namespace assay::decide
