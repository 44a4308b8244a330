#pragma once

#include <vector>

#include "experiments/adversary/reports/reading/match.hpp"

namespace assay::adversary {

/// How figures are stated, in the order in which they are tried; what one of them has read, the next ones do not see.
[[nodiscard]] const std::vector<Pattern>& patterns();

}  // namespace assay::adversary
