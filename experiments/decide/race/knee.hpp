#pragma once

#include <optional>

#include "core/plan.hpp"
#include "core/result/level_search.hpp"

namespace assay::decide {

// Levels that are rising numbers (1, 2, 4, 8 workers) have an order, so that a reader may ask how far to go. Both
// answers are std::nullopt for other levels. They are exploratory, like every figure of a race.

/// The first level from which on nothing more is gained: by the estimates against the first level, no later one is
/// better than it by the primary metric's margin.
[[nodiscard]] std::optional<NamedArm> knee_of(const Plan& plan, const LevelSearch& search);

/// The largest level that kept the budget in every part, met no memory pressure and did not break.
[[nodiscard]] std::optional<NamedArm> largest_within(const Plan& plan, const LevelSearch& search);

}  // namespace assay::decide
