#pragma once

#include <string>

#include "experiments/report/baseline/baseline_section.hpp"

namespace assay::report {

// What the sections of one baseline have in common, whichever document they are in.

/// Title, standing, and where and by whom it was measured.
[[nodiscard]] std::string section_head(const FiledBaseline& filed);
/// The record with its hash.
[[nodiscard]] std::string section_end(const FiledBaseline& filed);

}  // namespace assay::report
