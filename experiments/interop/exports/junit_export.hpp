#pragma once

#include <string>

#include "experiments/interop/attempt_view.hpp"

namespace assay::interop {

/// The comparisons as test cases of JUnit XML, for the test pages of CI servers: regressed and invalid ones failed,
/// inconclusive ones were skipped.
[[nodiscard]] std::string junit_text(const AttemptView& attempt);

}  // namespace assay::interop
