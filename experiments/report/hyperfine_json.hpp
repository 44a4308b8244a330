#pragma once

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/block.hpp"
#include "core/plan.hpp"

namespace assay::report {

/// The trials as hyperfine's JSON (version 1, as of hyperfine 1.20), so that what reads its files reads these: one
/// result for each arm of each cell, times in seconds, memory in bytes.
///
/// Only measured trials are in it, in the order in which they ran; how many ended otherwise stands in
/// "failed_trials", which hyperfine does not have. Void blocks are left out. "parameters" holds the variable's level
/// where it is an environment variable or an argument. The pairing by blocks is lost: the record keeps it.
[[nodiscard]] nlohmann::json hyperfine_json(const Plan& plan, const std::vector<Block>& blocks);

}  // namespace assay::report
