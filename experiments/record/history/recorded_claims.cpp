#include "experiments/record/history/recorded_claims.hpp"

#include "experiments/record/history/challenges.hpp"

namespace assay::record {

std::vector<ClaimStatus> recorded_claims(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::vector<ChallengeStatus> challenges = challenges_in(lab, records);
  for (ChallengeStatus& challenge : challenges) challenge.is_key_known = true;
  std::vector<ClaimStatus> claims = claims_in(lab, records);
  if (challenges.empty()) return claims;
  const std::vector<Signature> signatures = signatures_in(lab);
  for (ClaimStatus& claim : claims) {
    claim.standing = standing_of(claim.record.sha256, challenges, keys_of(claim.record.actor, records, signatures), {});
  }
  return claims;
}

}  // namespace assay::record
