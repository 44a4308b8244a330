#pragma once

#include <optional>

#include "core/result/challenge_result.hpp"
#include "experiments/adversary/challenge_target.hpp"

namespace assay::adversary {

/// What the claimant's record shows of what is claimed: of a ratio its interval, of a limit the figure of treatment's
/// trials in the metric's unit, of a rate and of correctness the share of blocks in which treatment succeeded. A figure
/// without an interval is both ends. std::nullopt if the claim rests on no record, or if that has no such figure.
[[nodiscard]] std::optional<MeasuredRange> claimants_range(const ChallengeTarget& target);

}  // namespace assay::adversary
