#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/plan.hpp"
#include "core/seed.hpp"
#include "experiments/adversary/challenge_target.hpp"
#include "experiments/design/freeze.hpp"

namespace assay::adversary {

/// What a challenge takes from the moment and the machine.
struct ChallengeContext {
  std::string folder;                              ///< absolute: the experiment's in the fresh copy
  std::string home;                                ///< absolute: an empty folder, $HOME of builds and trials
  std::map<std::string, std::string> environment;  ///< the caller's
  design::Sha256 hmac;                             ///< of values that are not written down, under the lab's key
  std::string environment_name;                    ///< of the challenger's machine
  Seed seed{0};
  std::optional<int> cap;  ///< blocks; std::nullopt: as `challenge_cap` says
};

/// The most blocks of a challenge, unless somebody asks for another cap: twice those of the record and at least 60. For
/// a rate, as many as show its floor without a failure; for correctness and for one session of a limit, few.
[[nodiscard]] int challenge_cap(const ChallengeTarget& target);

/// The plan that measures the claim again: the plan of the claim's record, or of the claim itself, in the one cell that
/// the claim is about, with the same workload, metrics, margins and checks. Its own are the seed, the blocks of
/// control, treatment, control again and control with a planted change, and an environment of which only PATH, LANG and
/// what the experiment names is the caller's. \throws Error (invalid) if the plan lacks what is claimed.
[[nodiscard]] Plan challenge_plan(const ChallengeTarget& target, const ChallengeContext& context);

}  // namespace assay::adversary
