#pragma once

#include <string>

#include "core/record/challenge_entry.hpp"
#include "experiments/adversary/challenge_target.hpp"
#include "experiments/record/lab.hpp"

namespace assay::adversary {

/// Whoever states what is challenged.
struct Claimant {
  std::string name;
  std::string git_identity = {};  ///< git's user.email when it was stated; empty: unknown
};
[[nodiscard]] Claimant claimant_of(const ChallengeTarget& target);

/// Whether this actor, the git identity in force or the signing key is the claimant's.
[[nodiscard]] Independence independence_of(const record::Lab& lab, const Claimant& claimant,
                                           const std::string& challenger);

}  // namespace assay::adversary
