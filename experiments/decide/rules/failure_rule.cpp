#include "experiments/decide/rules/failure_rule.hpp"

#include <algorithm>

#include "experiments/decide/blocks/cell_blocks.hpp"
#include "stats/reference/proportion.hpp"

namespace assay::decide {
namespace {

constexpr int kRunningToEnd = 3;
constexpr int kAllToEnd = 5;
constexpr int kUnmeasuredToEnd = 3;

int failed_trials(const Block& block, ArmIndex arm) {
  const std::vector<const Trial*> trials = trials_of(block, arm);
  return static_cast<int>(
      std::count_if(trials.begin(), trials.end(), [](const Trial* trial) { return !is_measured(trial->outcome); }));
}

int failed_checks(const Block& block, ArmIndex arm) {
  const std::vector<const Trial*> trials = trials_of(block, arm);
  return static_cast<int>(std::count_if(trials.begin(), trials.end(), [](const Trial* trial) {
    return std::holds_alternative<CheckFailed>(trial->outcome);
  }));
}

int unmeasured_trials(const Block& block, ArmIndex arm) {
  const std::vector<const Trial*> trials = trials_of(block, arm);
  return static_cast<int>(std::count_if(trials.begin(), trials.end(), [](const Trial* trial) {
    const auto* const failed = std::get_if<CheckFailed>(&trial->outcome);
    return failed != nullptr && failed->is_unmeasured;
  }));
}

}  // namespace

FailureTally tally_failures(std::span<const Block> blocks, ArmIndex treatment) {
  FailureTally tally;
  int row = 0;
  for (const Block& block : blocks) {
    const bool control_failed = arm_failed(block, kControl);
    const bool treatment_failed = arm_failed(block, treatment);
    ++tally.blocks;
    tally.control += failed_trials(block, kControl);
    tally.treatment += failed_trials(block, treatment);
    tally.only_control += control_failed && !treatment_failed ? 1 : 0;
    tally.only_treatment += treatment_failed && !control_failed ? 1 : 0;
    tally.both += treatment_failed && control_failed ? 1 : 0;
    tally.treatment_checks += failed_checks(block, treatment);
    tally.treatment_unmeasured += unmeasured_trials(block, treatment);
    tally.control_checks += failed_checks(block, kControl);
    row = treatment_failed && !control_failed ? row + 1 : 0;
    tally.longest_row = std::max(tally.longest_row, row);
  }
  return tally;
}

std::optional<VerdictReason> attempt_ending_failures(const FailureTally& tally) {
  if (tally.both == tally.blocks && tally.blocks >= kUnmeasuredToEnd) return VerdictReason::unmeasured;
  if (tally.longest_row < kRunningToEnd && tally.only_treatment < kAllToEnd) return std::nullopt;
  if (tally.treatment_unmeasured == tally.treatment) return VerdictReason::unmeasured;
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

}  // namespace assay::decide
