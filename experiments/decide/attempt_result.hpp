#pragma once

#include "core/result.hpp"
#include "experiments/decide/attempt_state.hpp"

namespace assay::decide {

/// The result as things stand; a pure function of the state. Cost: one p-value for each metric of each comparison.
[[nodiscard]] AttemptResult attempt_result(const AttemptState& state);

}  // namespace assay::decide
