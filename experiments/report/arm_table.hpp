#pragma once

#include <string>
#include <vector>

#include "core/metric.hpp"
#include "core/result/result.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

struct ArmRow {
  std::string name;
  ArmSummary summary;
};

/// Arms beside each other, a row each: median ± MAD, mean ± sd, measured and failed trials; below it their box plots
/// on one scale. What does not fit the width is left out, the plain figures last. Two blanks stand before each line.
[[nodiscard]] std::string arm_table(const Metric& metric, const std::vector<ArmRow>& rows, const TextStyle& style);

}  // namespace assay::report
