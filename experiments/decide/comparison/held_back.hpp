#pragma once

#include <optional>

#include "core/result/decision.hpp"
#include "experiments/decide/comparison/comparison_evidence.hpp"

namespace assay::decide {

/// Why an improvement of this comparison is not kept although its figures stand (docs/methods/what-keep-means.md);
/// empty if nothing holds it back.
[[nodiscard]] std::optional<DecisionReason> held_back(const ComparisonEvidence& evidence);

/// Why it is discarded although no metric that is a guard objects: treatment took more than the budget, or memory ran
/// out. \param budget  what treatment took
[[nodiscard]] std::optional<DecisionReason> vetoed(const ComparisonEvidence& evidence,
                                                   std::span<const BudgetUse> budget);

}  // namespace assay::decide
