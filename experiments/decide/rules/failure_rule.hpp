#pragma once

#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/verdict.hpp"

namespace assay::decide {

/// How often trials failed in one comparison, over its complete blocks.
struct FailureTally {
  int blocks = 0;
  int control = 0;           ///< trials
  int treatment = 0;         ///< trials
  int only_control = 0;      ///< blocks
  int only_treatment = 0;    ///< blocks
  int both = 0;              ///< blocks
  int longest_row = 0;       ///< of blocks one after the other in which only treatment failed
  int treatment_checks = 0;  ///< of treatment's failed trials, those that a check failed
  int control_checks = 0;    ///< likewise of control's
  friend bool operator==(const FailureTally&, const FailureTally&) = default;
};

[[nodiscard]] FailureTally tally_failures(std::span<const Block> blocks, ArmIndex treatment);

/// Whether the failures end the attempt (docs/methods/failed-trials.md): treatment failed where control did not in 3
/// blocks running or in 5 in all: `checks` where all of treatment's failures were failed checks, `broken` otherwise. Or
/// both arms failed in every one of 3 blocks or more: `unmeasured`.
[[nodiscard]] std::optional<VerdictReason> attempt_ending_failures(const FailureTally& tally);

/// Whether the failures leave `keep` possible: treatment never failed; or control failed too, no check failed in
/// treatment, and treatment failed alone in no more blocks than control did.
[[nodiscard]] bool failures_allow_keep(const FailureTally& tally);

/// Exact McNemar test, two-sided, of the blocks in which exactly one arm failed; nothing where no trial failed.
[[nodiscard]] std::optional<double> failure_p_value(const FailureTally& tally);

}  // namespace assay::decide
