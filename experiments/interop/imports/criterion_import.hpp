#pragma once

#include "experiments/interop/imports/import_formats.hpp"

namespace assay::interop {

/// sample.json of criterion.rs: the time of one iteration in each sample. All samples come from one process, which a
/// note says.
[[nodiscard]] bool is_criterion(const ToolText& file);
[[nodiscard]] SampleFile read_criterion(const ToolText& file);

}  // namespace assay::interop
