#pragma once

#include <string>

#include "experiments/interop/attempt_view.hpp"

namespace assay::interop {

/// The trials as hyperfine's JSON (version 1, as of hyperfine 1.20), so that tools which read its files can read these:
/// one result for each arm of each cell, with times in seconds and memory in bytes.
///
/// It holds only measured trials, in the order in which they ran. "failed_trials", which hyperfine does not have,
/// counts the others. Void blocks are left out. "parameters" holds the variable's level if the variable is an
/// environment variable or an argument. The pairing by blocks is lost; the record keeps it.
///
/// Values that were measured elsewhere are times if their unit is "s"; what else hyperfine reports of a trial is null.
/// \throws Error if they have another unit.
[[nodiscard]] std::string hyperfine_text(const AttemptView& attempt);

/// \throws Error if the values were measured elsewhere and are no seconds.
void require_seconds(const Plan& plan);

}  // namespace assay::interop
