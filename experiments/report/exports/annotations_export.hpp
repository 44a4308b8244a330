#pragma once

#include <string>

#include "experiments/interop/attempt_view.hpp"

namespace assay::report {

/// A workflow command of GitHub for each comparison, to print in a job: an error if it regressed, is invalid or a guard
/// failed, a notice if it is kept or equivalent, else a warning.
[[nodiscard]] std::string annotations_text(const interop::AttemptView& attempt);

}  // namespace assay::report
