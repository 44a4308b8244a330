#pragma once

#include <optional>
#include <vector>

#include "core/record/refusal.hpp"
#include "core/text/date.hpp"
#include "experiments/record/history/targets.hpp"

namespace assay::record {

/// The first target that an experiment file states looser than what holds today, or that its last attempt stated and it
/// no longer states; std::nullopt if there is none. `records` are oldest first.
/// \throws Error if an entry cannot be read.
[[nodiscard]] std::optional<RefusalReason> loosened_target(const Lab& lab, const std::vector<RecordSummary>& records,
                                                           const StatedTargets& file, Date today);

}  // namespace assay::record
