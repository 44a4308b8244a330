#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "experiments/record/record_store.hpp"
#include "experiments/record/verification/verification.hpp"

namespace assay::record {

/// The first record of an attempt that contradicts its own opening, which is its parent: one that was measured in one
/// go has the actor, machine and program version with which it was opened. An attempt that was interrupted may have
/// been ended by somebody else. Cost: the heads of the attempts in scope are read.
[[nodiscard]] std::optional<Difference> flaw_against_openings(
    const Lab& lab, const std::vector<RecordSummary>& records,
    const std::function<bool(const RecordSummary&)>& is_in_scope);

}  // namespace assay::record
