#include "experiments/decide/failure_rule.hpp"

#include <algorithm>

#include "experiments/decide/cell_blocks.hpp"
#include "stats/proportion.hpp"

namespace assay::experiments {
namespace {

constexpr int kRunningToEnd = 3;
constexpr int kAllToEnd = 5;
constexpr int kUnmeasuredToEnd = 3;

}  // namespace

FailureTally tally_failures(std::span<const Block> blocks, ArmIndex treatment) {
  FailureTally tally;
  int row = 0;
  for (const Block& block : blocks) {
    const Outcome& outcome = trial_of(block, treatment).outcome;
    const Outcome& control = trial_of(block, kControl).outcome;
    const bool control_failed = !is_measured(control);
    const bool treatment_failed = !is_measured(outcome);
    ++tally.blocks;
    tally.control += control_failed ? 1 : 0;
    tally.treatment += treatment_failed ? 1 : 0;
    tally.only_control += control_failed && !treatment_failed ? 1 : 0;
    tally.only_treatment += treatment_failed && !control_failed ? 1 : 0;
    tally.both += treatment_failed && control_failed ? 1 : 0;
    tally.treatment_checks += std::holds_alternative<CheckFailed>(outcome) ? 1 : 0;
    tally.control_checks += std::holds_alternative<CheckFailed>(control) ? 1 : 0;
    row = treatment_failed && !control_failed ? row + 1 : 0;
    tally.longest_row = std::max(tally.longest_row, row);
  }
  return tally;
}

std::optional<VerdictReason> attempt_ending_failures(const FailureTally& tally) {
  if (tally.both == tally.blocks && tally.blocks >= kUnmeasuredToEnd) return VerdictReason::unmeasured;
  if (tally.longest_row < kRunningToEnd && tally.only_treatment < kAllToEnd) return std::nullopt;
  return tally.treatment_checks == tally.treatment ? VerdictReason::checks : VerdictReason::broken;
}

bool failures_allow_keep(const FailureTally& tally) {
  if (tally.treatment == 0) return true;
  return tally.treatment_checks == 0 && tally.control > 0 && tally.only_treatment <= tally.only_control;
}

std::optional<double> failure_p_value(const FailureTally& tally) {
  if (tally.control == 0 && tally.treatment == 0) return std::nullopt;
  return stats::mcnemar_test({.only_control = tally.only_control, .only_treatment = tally.only_treatment},
                             stats::Alternative::two_sided);
}

}  // namespace assay::experiments
