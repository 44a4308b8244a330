#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/challenge_entry.hpp"
#include "core/record/record.hpp"
#include "core/text/date.hpp"
#include "core/units.hpp"
#include "experiments/record/history/allowances.hpp"
#include "experiments/record/history/claims.hpp"
#include "experiments/record/signing/signers.hpp"

namespace assay::record {

/// Whether the record is the challenge of a claim.
[[nodiscard]] bool is_challenge(const RecordSummary& summary);

/// The names of whoever made a claim, and of whoever made the record that it rests on: actors, and the git identities
/// that they acted with. What they sign verifies nothing about it. \param claim  a claim's record, or any record that
/// is challenged by itself: of an attempt, a baseline, an adoption or a gain
[[nodiscard]] std::vector<std::string> claimant_names(const Lab& lab, const std::vector<RecordSummary>& records,
                                                      const RecordSummary& claim);

/// The same of the claim that was challenged.
[[nodiscard]] std::vector<std::string> claimant_names(const Lab& lab, const std::vector<RecordSummary>& records,
                                                      const ChallengeEntry& challenge);

/// Whoever stated what was challenged, as `Signers` asks for them. \param records  must outlive the result
[[nodiscard]] VouchedAgainst claimant_of(const Lab& lab, const std::vector<RecordSummary>& records,
                                         const ChallengeEntry& challenge);

/// Whether somebody else than the claimant allows the finding, as a challenge counts: the allowance is not under one of
/// their names, and signed with a key that is not theirs and was known before the claim. Anybody can write a name.
[[nodiscard]] bool is_by_another(const AllowanceStatus& allowance, const VouchedAgainst& claimant,
                                 const Signers& signers);

/// A challenge and whether somebody vouches for it.
struct ChallengeStatus {
  RecordSummary record;
  ChallengeEntry content;
  Vouched vouched = Vouched::by_nobody;  ///< against the claimant
  int unexamined = 0;                    ///< findings that nobody else than the claimant has allowed and signed
};
/// Whether it says something about the claim that nobody can have forged: by another actor, and signed by somebody else
/// than the claimant with a key that was known before the claim.
[[nodiscard]] bool counts(const ChallengeStatus& challenge);
/// All challenges, oldest first. \param records  all of the lab
/// \throws Error if an entry or a signature cannot be read.
[[nodiscard]] std::vector<ChallengeStatus> challenges_in(const Lab& lab, const std::vector<RecordSummary>& records,
                                                         const Signers& signers);

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
/// Clocks of two machines may differ by so much.
inline constexpr nanoseconds kClockSkew = std::chrono::hours(1);
/// Whether what was recorded then is fresh enough by these rules. What is dated later than clocks may differ is not.
/// \param created_ns  Unix time
[[nodiscard]] bool is_fresh(std::int64_t created_ns, const VerifiedRules& rules);

/// What the challenges of a claim come to, and how many of them do not count beside those that do.
struct JudgedStanding {
  ClaimStanding standing = ClaimStanding::unchallenged;
  int passed_over = 0;
  std::optional<SelfCheck> self_check = {};
};
/// Where challenges count, the others change nothing. Where none does, the standing says what they come to and what
/// they lack; it is never `verified` then. \param claim  SHA-256 of the record that states it
[[nodiscard]] JudgedStanding standing_of(const std::string& claim, const std::vector<ChallengeStatus>& challenges,
                                         const VerifiedRules& rules);

/// An allowance before it is checked: the finding of a challenge, as "9:2".
struct AllowanceRequest {
  RecordSummary challenge;
  int finding = 1;
  std::string reason;
};
/// \throws Error if the record is not a challenge or has no such finding.
[[nodiscard]] AllowedFinding checked_allowance(const Lab& lab, const AllowanceRequest& request);

/// All claims, and what records state that were challenged themselves, with what their challenges came to. Oldest
/// first. \param records  all of the lab
[[nodiscard]] std::vector<ClaimStatus> judged_claims(const Lab& lab, const std::vector<RecordSummary>& records,
                                                     const VerifiedRules& rules,
                                                     KeyHistory keys = KeyHistory::looked_up);

}  // namespace assay::record
