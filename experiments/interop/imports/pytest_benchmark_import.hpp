#pragma once

#include "experiments/interop/imports/import_formats.hpp"

namespace assay::interop {

/// pytest-benchmark's JSON. The rounds of a benchmark ran in one process, which a note says.
/// \throws Error if it was saved without its values (--benchmark-save-data).
[[nodiscard]] bool is_pytest_benchmark(const ToolText& file);
[[nodiscard]] SampleFile read_pytest_benchmark(const ToolText& file);

}  // namespace assay::interop
