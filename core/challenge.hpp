#pragma once

#include <string>
#include <vector>

#include "core/claimed_effect.hpp"
#include "core/variable.hpp"

namespace assay {

// The arms of a challenge: the claim's control and treatment, and two more that are made of control.

/// Control once more, from its own clone and build: it must not differ from control.
inline constexpr ArmIndex kControlAgain = 2;
/// Control with a planted change, which the same blocks must be able to find.
inline constexpr ArmIndex kControlDelayed = 3;

/// What an attempt grades that measures a claim again (docs/methods/claims.md). Fixed before its first trial.
struct ChallengeTerms {
  std::string claim;   ///< SHA-256 of the record that states it: that of a claim, or of an attempt
  std::string record;  ///< SHA-256 of the record that the claim rests on; empty if nothing was measured before
  int number = 1;      ///< counts the challenges of the claim; each has its own error rate
  ClaimedMetric metric;
  ClaimedEffect effect;
  double planted_percent = 0;  ///< by which `kControlDelayed` is worse than control; 0: there is no such arm
  /// Whether the result has the ratio among good blocks, if trials failed. Challenges of earlier versions have none.
  bool good_blocks = false;
  std::vector<std::string> own_workloads = {};  ///< of the challenger, measured beside the claim's, which comes first
  friend bool operator==(const ChallengeTerms&, const ChallengeTerms&) = default;
};

}  // namespace assay
