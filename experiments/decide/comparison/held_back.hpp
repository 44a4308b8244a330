#pragma once

#include <optional>

#include "core/result/decision.hpp"
#include "experiments/decide/comparison/comparison_evidence.hpp"

namespace assay::decide {

/// Why an improvement of this comparison is not kept although its figures stand (docs/methods/what-keep-means.md);
/// empty if nothing holds it back.
[[nodiscard]] std::optional<DecisionReason> held_back(const ComparisonEvidence& evidence);

}  // namespace assay::decide
