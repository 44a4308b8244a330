#pragma once

#include "experiments/interop/imports/import_formats.hpp"

namespace assay::interop {

/// Google Benchmark's JSON (--benchmark_out): one value of each repetition; aggregates and failed repetitions are left
/// out. "wall" is real_time and "cpu" is cpu_time, in each iteration; rates keep their own names.
[[nodiscard]] bool is_google_benchmark(const ToolText& file);
[[nodiscard]] SampleFile read_google_benchmark(const ToolText& file);

}  // namespace assay::interop
