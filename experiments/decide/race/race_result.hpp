#pragma once

#include "core/result/result.hpp"
#include "experiments/decide/race/race_analysis.hpp"

namespace assay::decide {

/// The result so far of an attempt whose levels race.
[[nodiscard]] AttemptResult race_result(const RaceAnalysis& analysis);

}  // namespace assay::decide
