#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/claimed_effect.hpp"
#include "core/enum_names.hpp"
#include "core/result/challenge_result.hpp"

namespace assay {

/// Whether somebody else measured the claim again.
enum class Independence {
  other_actor,
  self_check,  ///< the challenger acts under the claimant's name, git identity or key
};

/// An edit of something that judges the trials: a finding that somebody else has to look at.
struct ReviewFinding {
  std::string file;  ///< with its line: "tests/test_deploy.py:41"
  std::string what;
  friend bool operator==(const ReviewFinding&, const ReviewFinding&) = default;
};

/// A claim was measured again.
struct ChallengeEntry {
  std::string claim;  ///< SHA-256 of the record that states the claim
  std::string text;   ///< what was claimed, in one line
  ClaimedMetric metric;
  ClaimedEffect effect;
  std::string claimant;  ///< who claimed it
  int number = 1;        ///< counts the challenges of the claim
  std::string record;    ///< SHA-256 of the record with the samples of the challenge
  std::string environment_name;
  std::string machine;   ///< "4 x Cortex-A72, Linux 6.1"
  std::string revision;  ///< the commit that was measured; empty if there is no repository
  Independence independence = Independence::other_actor;
  std::optional<MeasuredRange> rests_on;  ///< the interval of the record that the claim rests on, as ratios
  std::vector<std::string> again;         ///< what was done afresh
  std::vector<std::string> not_again;     ///< what was not
  std::vector<std::string> checks;        ///< each with how it came out: "same page: passed"
  std::vector<int> failed_checks = {};    ///< which of these failed, counted from 1; empty in records of 0.1.0
  std::vector<ReviewFinding> findings;
  ChallengeResult result;
  std::vector<OwnInputGrade> own_inputs = {};  ///< the claim on the challenger's own inputs
  friend bool operator==(const ChallengeEntry&, const ChallengeEntry&) = default;
};

/// Somebody has looked at a finding of a challenge and allows it.
struct AllowedFinding {
  std::string challenge;  ///< SHA-256 of its record
  int finding = 1;        ///< counts the challenge's findings
  std::string text;       ///< the finding, in one line
  std::string reason;
  friend bool operator==(const AllowedFinding&, const AllowedFinding&) = default;
};

template <>
struct EnumNames<Independence> {
  static constexpr std::array<std::string_view, 2> values = {"other-actor", "self-check"};
};

}  // namespace assay
