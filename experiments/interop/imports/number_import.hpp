#pragma once

#include "experiments/interop/imports/import_formats.hpp"

namespace assay::interop {

/// One number in each line; empty lines and what follows # are passed over. A note says how numbers with groups or a
/// decimal comma were read.
[[nodiscard]] bool is_numbers(const ToolText& file);
[[nodiscard]] SampleFile read_numbers(const ToolText& file);

}  // namespace assay::interop
