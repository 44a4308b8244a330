#pragma once

#include <optional>
#include <string>

#include "experiments/attempt/experiment.hpp"
#include "experiments/record/lab.hpp"

namespace assay::attempt {

/// The folder of the challenger's signing key, which foreign code must not see; empty if there is none.
[[nodiscard]] std::string signing_key_folder();

/// The plan of a challenge of this claim that was interrupted on this machine, with at least one block;
/// std::nullopt if there is none. \throws Error if a value of its environment is gone.
[[nodiscard]] std::optional<Plan> open_challenge(const record::Lab& lab, const std::string& claim_sha256);

/// Runs a plan that measures a claim again, and records it in the lab. It takes up the interrupted attempt of this very
/// plan. It belongs to no hypothesis' attempts.
/// \pre plan.plan.challenge and plan.plan.exploratory
/// \throws Error if an arm cannot be built or set up, a part of it is missing, or the lab cannot be written.
[[nodiscard]] Ending run_challenge(const record::Lab& lab, FrozenPlan plan, const RunOptions& options,
                                   Observer& observer);

/// Ends a challenge of this claim that was interrupted on this machine, and records the blocks that it has: its grade
/// is inconclusive. \throws Error (refused) if none is open.
[[nodiscard]] Ending close_challenge(const record::Lab& lab, const std::string& claim_sha256, const RunOptions& options,
                                     Observer& observer);

}  // namespace assay::attempt
