#pragma once

#include "experiments/record/lab.hpp"

namespace assay::cli {

/// The lab of the working directory or the nearest above it. \throws Error that names assay init where there is none.
[[nodiscard]] record::Lab lab_here();

}  // namespace assay::cli
