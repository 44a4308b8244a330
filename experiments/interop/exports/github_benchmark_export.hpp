#pragma once

#include <string>

#include "experiments/interop/attempt_view.hpp"

namespace assay::interop {

/// The medians of the primary metric as github-action-benchmark reads them (tool customSmallerIsBetter, or
/// customBiggerIsBetter if higher is better), with their median absolute deviation as range.
[[nodiscard]] std::string github_benchmark_text(const AttemptView& attempt);

}  // namespace assay::interop
