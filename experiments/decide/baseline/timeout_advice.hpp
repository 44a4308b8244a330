#pragma once

#include <vector>

#include "experiments/decide/baseline/baseline_samples.hpp"

namespace assay::decide {

/// For each workload that has a measured trial: three times its slowest one in any state, at least a second, rounded up
/// to one that people would write. A timeout over ten times the largest median of a state is loose: a trial that hangs
/// costs more than ten trials do.
[[nodiscard]] std::vector<TimeoutAdvice> timeout_advice(const Plan& plan, const std::vector<CellTrials>& trials);

}  // namespace assay::decide
