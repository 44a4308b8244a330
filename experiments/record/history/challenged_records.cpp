#include "experiments/record/history/challenged_records.hpp"

#include <algorithm>
#include <utility>

#include "core/record/entry.hpp"

namespace assay::record {
namespace {

/// The record that the challenge names, if it is that of an attempt.
const RecordSummary* challenged_attempt(const std::vector<RecordSummary>& records, const ChallengeEntry& challenge) {
  const auto found = std::find_if(records.begin(), records.end(), [&challenge](const RecordSummary& record) {
    return is_attempt(record) && record.sha256 == challenge.claim;
  });
  return found == records.end() ? nullptr : &*found;
}

/// Where the record's own statement was withdrawn; empty if it is upheld.
std::string withdrawal_of(const std::vector<RecordSummary>& records, const RecordSummary& attempt) {
  const auto found = std::find_if(records.begin(), records.end(), [&attempt](const RecordSummary& record) {
    return record.kind == RecordKind::withdrawal && record.settles == attempt.sha256;
  });
  return found == records.end() ? "" : found->name;
}

ClaimStatus stated_by(const RecordSummary& attempt, const ChallengeEntry& challenge,
                      const std::vector<RecordSummary>& records) {
  ClaimStatus claim;
  claim.record = attempt;
  claim.content.experiment = attempt.experiment;
  claim.content.environment_name = attempt.environment_name;
  claim.content.metric = challenge.metric;
  claim.content.effect = challenge.effect;
  claim.content.record = attempt.sha256;
  claim.text = challenge.text;
  claim.withdrawn_in = withdrawal_of(records, attempt);
  return claim;
}

/// A challenge in another environment says nothing about the one that the claim names.
bool is_elsewhere(const ChallengeEntry& challenge, const ClaimStatus& claim) {
  const std::string& claimed = claim.content.environment_name;
  return !claimed.empty() && !challenge.environment_name.empty() && challenge.environment_name != claimed;
}

}  // namespace

bool is_about(const ChallengeEntry& challenge, const ClaimStatus& claim) {
  if (challenge.claim == claim.record.sha256) return true;
  const bool is_of_its_record = !claim.content.record.empty() && challenge.claim == claim.content.record;
  return is_of_its_record && challenge.text == claim.text && challenge.effect == claim.content.effect;
}

std::vector<ClaimStatus> stated_claims(const Lab& lab, const std::vector<RecordSummary>& records,
                                       const std::vector<ChallengeStatus>& challenges) {
  std::vector<ClaimStatus> claims = claims_in(lab, records);
  for (const ChallengeStatus& challenge : challenges) {
    const RecordSummary* const attempt = challenged_attempt(records, challenge.content);
    const bool is_told = std::any_of(claims.begin(), claims.end(), [&challenge](const ClaimStatus& claim) {
      return is_about(challenge.content, claim);
    });
    if (attempt != nullptr && !is_told) claims.push_back(stated_by(*attempt, challenge.content, records));
  }
  std::stable_sort(claims.begin(), claims.end(), [](const ClaimStatus& left, const ClaimStatus& right) {
    return comes_before(left.record, right.record);
  });
  return claims;
}

JudgedStanding standing_of(const ClaimStatus& claim, const std::vector<ChallengeStatus>& challenges,
                           const VerifiedRules& rules) {
  std::vector<ChallengeStatus> counted;
  for (const ChallengeStatus& challenge : challenges) {
    if (!is_about(challenge.content, claim) || is_elsewhere(challenge.content, claim)) continue;
    counted.push_back(challenge);
    counted.back().content.claim = claim.record.sha256;
  }
  return standing_of(claim.record.sha256, counted, rules);
}

}  // namespace assay::record
