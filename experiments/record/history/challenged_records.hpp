#pragma once

#include <vector>

#include "experiments/record/history/challenges.hpp"
#include "experiments/record/history/claims.hpp"

namespace assay::record {

/// Whether the challenge measured what this claim states: it is a challenge of the claim, or of the record that it
/// rests on, of which it says the same.
[[nodiscard]] bool is_about(const ChallengeEntry& challenge, const ClaimStatus& claim);

/// All claims that were made, and what each record states that was challenged itself and of which no claim says the
/// same. Oldest first, without their standing. \throws Error if an entry cannot be read.
[[nodiscard]] std::vector<ClaimStatus> stated_claims(const Lab& lab, const std::vector<RecordSummary>& records,
                                                     const std::vector<ChallengeStatus>& challenges);

/// What the challenges of a claim have come to, those of its record that count for it included.
[[nodiscard]] JudgedStanding standing_of(const ClaimStatus& claim, const std::vector<ChallengeStatus>& challenges,
                                         const VerifiedRules& rules);

}  // namespace assay::record
