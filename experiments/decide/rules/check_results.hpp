#pragma once

#include <span>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"

namespace assay::decide {

/// The result of every declared check of the cell's workload, and of whatever else failed as a check (a metric that
/// could not be read), with how often it failed in either arm. A test-inventory check also fails if treatment has more
/// flaky tests than control, and it names the tests that failed.
[[nodiscard]] std::vector<CheckResult> check_results(const Plan& plan, std::size_t cell, ArmIndex treatment,
                                                     std::span<const Block> blocks);

/// True if no check failed over all trials together. Those that failed in single trials are failures of those trials.
[[nodiscard]] bool checks_allow_keep(const std::vector<CheckResult>& results);

}  // namespace assay::decide
