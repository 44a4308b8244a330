#pragma once

#include <string>
#include <vector>

#include "core/record/challenge_entry.hpp"
#include "experiments/adversary/challenge_target.hpp"
#include "experiments/record/lab.hpp"

namespace assay::adversary {

/// The names of whoever states what is challenged: see `record::claimant_names`.
[[nodiscard]] std::vector<std::string> claimant_of(const record::Lab& lab, const ChallengeTarget& target);

/// Whether this actor, the git identity in force or the signing key is the claimant's. A key is the claimant's if it
/// was published or signed anything under one of their names; who countersigned what they recorded is not asked. \param
/// claimant  the names that the claimant acted under
[[nodiscard]] Independence independence_of(const record::Lab& lab, const std::vector<std::string>& claimant,
                                           const std::string& challenger);

/// Findings of a challenge are for somebody else than the claimant to allow.
/// \throws Error (refused) if this actor, the git identity in force or the signing key is the claimant's; Error if the
/// record is no challenge.
void require_other_than_claimant(const record::Lab& lab, const record::RecordSummary& challenge,
                                 const std::string& actor);

}  // namespace assay::adversary
