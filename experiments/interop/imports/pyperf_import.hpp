#pragma once

#include "experiments/interop/imports/import_formats.hpp"

namespace assay::interop {

/// pyperf's JSON: one value of each process, the mean of its values; calibration runs have none.
[[nodiscard]] bool is_pyperf(const ToolText& file);
[[nodiscard]] SampleFile read_pyperf(const ToolText& file);

}  // namespace assay::interop
