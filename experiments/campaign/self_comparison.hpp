#pragma once

#include <optional>

#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/exploratory_sessions.hpp"
#include "experiments/planning/aa_result.hpp"

namespace assay::campaign {

/// Whether a delay can be planted in this experiment's control, so that the primary metric must show it.
[[nodiscard]] bool is_plantable(const definition::Definition& definition);
/// \throws Error if not, with the way to plant one.
void require_plantable(const definition::Definition& definition);

/// Runs control against itself and, if a delay is to be planted, once more with one arm delayed by that share of
/// control's median. Both attempts start their arms in the same way.
/// \return nothing if it was interrupted.
[[nodiscard]] std::optional<planning::SelfComparison> compare_with_itself(const definition::Definition& definition,
                                                                          std::optional<Percent> plant,
                                                                          attempt::ExploratorySessions& sessions);

}  // namespace assay::campaign
