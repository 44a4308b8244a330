#pragma once

#include <string>

#include "experiments/interop/attempt_view.hpp"

namespace assay::interop {

/// The trials as Google Benchmark's JSON, each a repetition, so that its compare.py can read them:
/// `compare.py filters FILE control treatment`. Wall and CPU times of trials that assay ran are real_time and cpu_time;
/// values that were measured elsewhere are both.
/// \throws Error if those are no times.
[[nodiscard]] std::string google_benchmark_text(const AttemptView& attempt);

}  // namespace assay::interop
