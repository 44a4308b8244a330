#pragma once

#include <string>
#include <vector>

#include "core/record/challenge_entry.hpp"
#include "core/record/record.hpp"
#include "experiments/adversary/challenge_target.hpp"

namespace assay::adversary {

/// What the record of a challenge does not say by itself.
struct ChallengeFacts {
  std::string record_sha256;
  std::string revision;  ///< the commit that was measured; empty: there is no repository
  Independence independence = Independence::other_actor;
  std::vector<ReviewFinding> findings;
};

/// The entry of a challenge: what was claimed and measured, what was done afresh and what was not.
/// \pre record.plan.challenge and record.result.challenge
[[nodiscard]] ChallengeEntry challenge_entry(const ChallengeTarget& target, const Record& record,
                                             const ChallengeFacts& facts);

}  // namespace assay::adversary
