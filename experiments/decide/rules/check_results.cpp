#include "experiments/decide/rules/check_results.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/valid_text.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"

namespace assay::decide {
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

std::set<std::string> flaky_tests_of(ArmIndex arm, std::span<const Block> blocks) {
  std::set<std::string> names;
  for (const Block& block : blocks) {
    for (const Trial& trial : block.trials) {
      if (trial.arm != arm) continue;
      for (const std::string& name : trial.flaky_tests) names.insert(valid_text(name));
    }
  }
  return names;
}

/// Over all trials, not in one: which of them a flaky test hits is chance. Which tests are flaky settles soon.
void compare_flaky_tests(CheckResult& result, ArmIndex treatment, std::span<const Block> blocks) {
  const std::set<std::string> in_treatment = flaky_tests_of(treatment, blocks);
  const std::set<std::string> in_control = flaky_tests_of(kControl, blocks);
  if (in_treatment.size() <= in_control.size() || !result.passed) return;
  result.passed = false;
  result.detail = fmt::format("{} flaky tests in treatment ({}), {} in control", in_treatment.size(),
                              fmt::join(in_treatment, ", "), in_control.size());
}

FailedTest& test_called(std::vector<FailedTest>& tests, const std::string& name) {
  const auto place =
      std::lower_bound(tests.begin(), tests.end(), name,
                       [](const FailedTest& test, const std::string& sought) { return test.test < sought; });
  if (place != tests.end() && place->test == name) return *place;
  FailedTest fresh;
  fresh.test = name;
  return *tests.insert(place, std::move(fresh));
}

/// Which tests failed, and in how many trials of either arm.
void count_failed_tests(CheckResult& result, ArmIndex treatment, std::span<const Block> blocks) {
  int control_trials = 0;
  int treatment_trials = 0;
  for (const Block& block : blocks) {
    for (const Trial& trial : block.trials) {
      if (trial.arm != kControl && trial.arm != treatment) continue;
      if (!is_measured(trial.outcome) && !std::holds_alternative<CheckFailed>(trial.outcome)) continue;
      ++(trial.arm == kControl ? control_trials : treatment_trials);
      for (const std::string& name : trial.failed_tests) {
        FailedTest& test = test_called(result.tests, valid_text(name));
        ++(trial.arm == kControl ? test.failed_control : test.failed_treatment);
      }
    }
  }
  if (result.tests.empty()) return;
  result.reported_control = control_trials;
  result.reported_treatment = treatment_trials;
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
  const auto counts_tests = [&](const Check& check) {
    return std::holds_alternative<TestInventoryCheck>(check.kind) && applies_to(check.workloads, workload);
  };
  const auto inventory = std::find_if(plan.checks.begin(), plan.checks.end(), counts_tests);
  if (inventory != plan.checks.end()) {
    CheckResult& result = entry_of(results, inventory->name);
    compare_flaky_tests(result, treatment, blocks);
    count_failed_tests(result, treatment, blocks);
  }
  return results;
}

bool checks_allow_keep(const std::vector<CheckResult>& results) {
  return std::all_of(results.begin(), results.end(), [](const CheckResult& result) {
    return result.passed || result.failed_control + result.failed_treatment > 0;
  });
}

}  // namespace assay::decide
