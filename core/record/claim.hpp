#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/claimed_effect.hpp"
#include "core/plan.hpp"

namespace assay {

/// An effect that somebody states, to be measured again by somebody else.
struct Claim {
  std::string experiment;
  std::string hypothesis_sha256;
  std::string environment_name;
  std::string revision;  ///< commit of the repository that holds the experiment; empty if there is none
  std::string workload;
  std::string state;
  std::string control;    ///< label of the arm
  std::string treatment;  ///< label of the arm
  ClaimedMetric metric;
  ClaimedEffect effect;
  std::string said;               ///< as the claimant put it: "-30%"; empty if the figure is a record's
  std::string deadline;           ///< "2026-03-01": to be confirmed by then; empty if no day was set
  std::string record;             ///< SHA-256 of the record that it rests on; empty if nothing was measured before
  std::string git_identity = {};  ///< git's user.email when it was claimed; empty if it is the actor, or unknown
  std::map<std::string, std::string> inputs =
      {};                    ///< SHA-256 of the experiment's files by path, if there is no repository
  std::optional<Plan> plan;  ///< what it is to be measured by, if there is no record
  friend bool operator==(const Claim&, const Claim&) = default;
};

/// A claim is not upheld any more.
struct Withdrawal {
  std::string claim;  ///< SHA-256 of its record
  std::string text;   ///< what was claimed, in one line
  std::string reason;
  friend bool operator==(const Withdrawal&, const Withdrawal&) = default;
};

}  // namespace assay
