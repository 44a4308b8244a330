#pragma once

#include "experiments/interop/imports/import_formats.hpp"

namespace assay::interop {

/// JMH's JSON: one value of each fork, the mean of its iterations.
[[nodiscard]] bool is_jmh(const ToolText& file);
[[nodiscard]] SampleFile read_jmh(const ToolText& file);

}  // namespace assay::interop
