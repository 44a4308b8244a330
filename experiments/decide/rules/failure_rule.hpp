#pragma once

#include <optional>
#include <span>

#include "core/block.hpp"
#include "core/result/verdict.hpp"

namespace assay::decide {

/// How often trials failed in one comparison, over its complete blocks.
struct FailureTally {
  int blocks = 0;
  int control = 0;               ///< trials
  int treatment = 0;             ///< trials
  int only_control = 0;          ///< blocks
  int only_treatment = 0;        ///< blocks
  int both = 0;                  ///< blocks
  int longest_row = 0;           ///< blocks in a row in which only treatment failed
  int treatment_checks = 0;      ///< treatment's trials that failed by a check
  int treatment_unmeasured = 0;  ///< treatment's trials whose primary metric could not be read
  int control_checks = 0;        ///< control's trials that failed by a check
  friend bool operator==(const FailureTally&, const FailureTally&) = default;
};

[[nodiscard]] FailureTally tally_failures(std::span<const Block> blocks, ArmIndex treatment);

/// Why the failures end the attempt (docs/methods/failed-trials.md); empty if they do not. If only treatment failed in
/// 3 blocks in a row or in 5 altogether: `unmeasured` if treatment's primary metric could not be read in all of its
/// failed trials, `checks` if all of them were failed checks, otherwise `broken`. If both arms failed in every one of 3
/// blocks or more: `unmeasured`.
[[nodiscard]] std::optional<VerdictReason> attempt_ending_failures(const FailureTally& tally);

/// True if the failures leave `keep` possible: treatment never failed; or control failed too, no check failed in
/// treatment, and only treatment failed in no more blocks than only control did.
[[nodiscard]] bool failures_allow_keep(const FailureTally& tally);

/// Exact McNemar test, two-sided, of the blocks in which exactly one arm failed; empty if no trial failed.
[[nodiscard]] std::optional<double> failure_p_value(const FailureTally& tally);

}  // namespace assay::decide
