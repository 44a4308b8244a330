#pragma once

#include "core/result.hpp"
#include "experiments/decide/race_attempt.hpp"

namespace assay::decide {

/// The result of an attempt whose levels race, as things stand; a pure function of the state.
[[nodiscard]] AttemptResult race_result(const RaceAttempt& attempt);

}  // namespace assay::decide
