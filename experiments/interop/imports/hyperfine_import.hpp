#pragma once

#include "experiments/interop/imports/import_formats.hpp"

namespace assay::interop {

/// hyperfine's JSON: version 1 ("times" of each result) and version 2 ("measurements"). Runs that did not exit with 0
/// are left out, with a note. Two results of one command keep apart: the second is "NAME (2)".
[[nodiscard]] bool is_hyperfine(const ToolText& file);
[[nodiscard]] SampleFile read_hyperfine(const ToolText& file);

}  // namespace assay::interop
