#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"

namespace assay::decide {

/// The metric that a comparison is about, and its treatment.
struct ClaimedSaving {
  std::size_t metric = 0;
  ArmIndex treatment = 1;
};

/// What treatment does around its trials beyond what control does, in seconds per trial: hooks, checks, services, and
/// what outlived a trial. The median over the blocks.
struct OutsideClockExcess {
  double seconds = 0;
  double saving_seconds = 0;  ///< what treatment claims to save per trial; at least half the margin
  double p = 1;               ///< one-sided sign-flip test of the blocks' differences
  std::string parts;          ///< "150 ms in prepare hooks, 2 ms in checks"
  bool holds_back = false;    ///< an improvement may not be kept
};

/// Compares the work outside the clock in pairs by block. An improvement is held back if treatment does more there, by
/// a one-sided sign-flip test at 0.1 %, and the median of the differences is at least half of what it saves inside.
/// With fewer than 10 blocks the test cannot reach that level; then every single difference must be that large, and
/// none below half of the median.
///
/// How long processes outlived their trials counts once that happened in more of treatment's blocks than of control's
/// (McNemar, one-sided, 1 %; with fewer than 7 blocks, in all of treatment's and none of control's).
/// \param blocks  complete ones
/// \returns nothing if nothing was recorded outside the clock, or treatment does not do notably more there: less than a
///          tenth of what it saves
[[nodiscard]] std::optional<OutsideClockExcess> outside_clock_excess(const Plan& plan, const ClaimedSaving& claim,
                                                                     std::span<const Block> blocks);

/// The same as a sentence for people. Flagged whenever there is an excess.
[[nodiscard]] Diagnostic outside_clock_diagnostic(const OutsideClockExcess& excess);

/// Compares, in pairs by block, the CPU time that the machine spends beside the trials: that of the whole machine less
/// that of the trial. Work that a change hands to a daemon which no hook started (a container runtime, systemd) is
/// there, with everything else that runs. So it is only noted, and nothing is held back: if treatment has more of it by
/// the same test in 10 blocks or more, and the median is at least half of what treatment saves inside.
/// \param blocks  complete ones
/// \returns nothing if there is no such excess, treatment saves nothing, or two trials shared the machine
[[nodiscard]] std::optional<Diagnostic> work_elsewhere(const Plan& plan, const ClaimedSaving& claim,
                                                       std::span<const Block> blocks);

}  // namespace assay::decide
