#include "experiments/decide/check_results.hpp"

#include <algorithm>

#include "experiments/decide/cell_blocks.hpp"
#include "experiments/design/valid_text.hpp"

namespace assay::experiments {
namespace {

CheckResult& entry_of(std::vector<CheckResult>& results, const std::string& name) {
  const auto found =
      std::find_if(results.begin(), results.end(), [&](const CheckResult& result) { return result.name == name; });
  if (found != results.end()) return *found;
  CheckResult fresh;
  fresh.name = name;
  return results.emplace_back(std::move(fresh));
}

/// Texts come as they would be read back from the journal, so that a resumed attempt ends in the same result.
void count_failure(std::vector<CheckResult>& results, const Trial& trial) {
  const auto* failed = std::get_if<CheckFailed>(&trial.outcome);
  if (failed == nullptr) return;
  CheckResult& result = entry_of(results, valid_text(failed->check));
  result.passed = false;
  if (result.failed_control + result.failed_treatment == 0) result.detail = valid_text(failed->detail);
  ++(trial.arm == kControl ? result.failed_control : result.failed_treatment);
}

}  // namespace

std::vector<CheckResult> check_results(const Plan& plan, std::size_t cell, ArmIndex treatment,
                                       std::span<const Block> blocks) {
  const std::string& workload = workload_of(plan, cells(plan)[cell]).name;
  std::vector<CheckResult> results;
  for (const Check& check : plan.checks) {
    if (applies_to(check.workloads, workload)) entry_of(results, check.name);
  }
  for (const Block& block : blocks) {
    for (const Trial& trial : block.trials) {
      if (trial.arm == kControl || trial.arm == treatment) count_failure(results, trial);
    }
  }
  return results;
}

}  // namespace assay::experiments
