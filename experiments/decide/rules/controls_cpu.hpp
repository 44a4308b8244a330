#pragma once

#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"

namespace assay::decide {

/// Whether treatment slows control down from its own trials. In a duet each trial is bound to one CPU, so one that uses
/// more CPU time than its wall time ran on control's CPU, too. An improvement is held back if that happened in more of
/// treatment's blocks than of control's (McNemar, one-sided, 1 %; with fewer than 7 blocks, in all of treatment's and
/// none of control's).
/// \param blocks  complete ones
/// \returns the median of how much more it used, in seconds; nothing in other designs, or if it kept to its CPU
[[nodiscard]] std::optional<Diagnostic> runs_on_controls_cpu(const Plan& plan, ArmIndex treatment,
                                                             std::span<const Block> blocks);

}  // namespace assay::decide
