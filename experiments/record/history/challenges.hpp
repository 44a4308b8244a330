#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/challenge_entry.hpp"
#include "core/record/record.hpp"
#include "core/text/date.hpp"
#include "core/units.hpp"
#include "experiments/record/history/claims.hpp"
#include "experiments/record/signatures.hpp"

namespace assay::record {

/// Whether the record is the challenge of a claim.
[[nodiscard]] bool is_challenge(const RecordSummary& summary);

/// A challenge and who signed it.
struct ChallengeStatus {
  RecordSummary record;
  ChallengeEntry content;
  std::string signing_key;   ///< hexadecimal; empty: it is not signed
  bool is_key_known = true;  ///< it was in the lab before the claim was made, so far as git can tell
  int unexamined = 0;        ///< findings that nobody else than the claimant has allowed
};
/// All challenges, oldest first. \throws Error if an entry or a signature cannot be read.
[[nodiscard]] std::vector<ChallengeStatus> challenges_in(const Lab& lab, const std::vector<RecordSummary>& records);

/// A finished challenge of this claim whose samples are recorded, and whose entry is not: the process was killed
/// between the two. std::nullopt if there is none.
[[nodiscard]] std::optional<RecordSummary> challenge_without_entry(const Lab& lab,
                                                                   const std::vector<RecordSummary>& records,
                                                                   const std::string& claim_sha256);

/// What makes a confirmed claim verified.
struct VerifiedRules {
  std::int64_t now_ns = 0;           ///< Unix time
  std::optional<nanoseconds> fresh;  ///< how old the last confirmation may be; std::nullopt: of any age
};

/// \param claim  SHA-256 of the record that states it
/// \param claimant_keys  hexadecimal: keys that the claimant has signed with; they verify nothing
[[nodiscard]] ClaimStanding standing_of(const std::string& claim, const std::vector<ChallengeStatus>& challenges,
                                        const std::vector<std::string>& claimant_keys, const VerifiedRules& rules);

/// An allowance before it is checked: the finding of a challenge, as "9:2".
struct AllowanceRequest {
  RecordSummary challenge;
  int finding = 1;
  std::string reason;
};
/// \throws Error if the record is not a challenge or has no such finding.
[[nodiscard]] AllowedFinding checked_allowance(const Lab& lab, const AllowanceRequest& request);

/// The public keys that this actor has signed records with.
[[nodiscard]] std::vector<std::string> keys_of(const std::string& actor, const std::vector<RecordSummary>& records,
                                               const std::vector<Signature>& signatures);

/// All claims with what their challenges came to, oldest first.
[[nodiscard]] std::vector<ClaimStatus> judged_claims(const Lab& lab, const std::vector<RecordSummary>& records,
                                                     const VerifiedRules& rules);

}  // namespace assay::record
