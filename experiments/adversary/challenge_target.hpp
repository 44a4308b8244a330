#pragma once

#include <optional>
#include <string>

#include "core/record/claim.hpp"
#include "core/record/record.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::adversary {

/// What is challenged: a claim that somebody stated, or what a record supports by itself.
struct ChallengeTarget {
  record::RecordSummary stated_by;  ///< the claim's record, or that of the attempt
  Claim claim;
  std::string claimant;
  std::optional<Record> record;  ///< that the claim rests on, with its blocks
  int earlier = 0;               ///< challenges of this claim so far, those of its record included
  std::string doubt = {};  ///< what is not known of the commit that is measured (`measured_revision`); may be empty
};

/// Finds what is challenged. A record that one upheld claim rests on stands for that claim; any other record for the
/// near end of its interval.
/// \throws Error (refused) if the claim is withdrawn; Error if the record shows no improvement, is a simulation or a
/// challenge itself, or if several claims rest on it.
[[nodiscard]] ChallengeTarget challenge_target(const record::Lab& lab,
                                               const std::vector<record::RecordSummary>& records,
                                               const record::RecordSummary& given);

/// Has the challenge clone this revision of the lab's repository. \throws Error if what is challenged names its commits
/// itself, or there is no such revision.
void measure_at(const record::Lab& lab, const std::string& revision, ChallengeTarget& target);

/// Nothing is measured by a record that somebody changed: neither the one that states what is challenged, nor the one
/// that it rests on. \throws Error (invalid) that says what is wrong with it (`record::flaw_of_one`).
void require_untouched(const record::Lab& lab, const ChallengeTarget& target);

/// The plan by which the claim was stated or measured.
[[nodiscard]] const Plan& claimed_plan(const ChallengeTarget& target);

}  // namespace assay::adversary
