#pragma once

#include "experiments/interop/imports/import_formats.hpp"

namespace assay::interop {

/// `perf stat -x,`, `perf stat -j` and its text, of one run after the other (--append). A mean of several runs (-r) is
/// one value, which a note says.
[[nodiscard]] bool is_perf_stat(const ToolText& file);
[[nodiscard]] SampleFile read_perf_stat(const ToolText& file);

}  // namespace assay::interop
