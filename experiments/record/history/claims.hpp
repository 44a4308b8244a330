#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/enum_names.hpp"
#include "core/record/claim.hpp"
#include "core/result/challenge_result.hpp"
#include "core/text/date.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// What the challenges of a claim have come to.
enum class ClaimStanding {
  unchallenged,
  self_checked,  ///< only by the claimant
  undecided,     ///< no challenge has decided it
  verified,      ///< confirmed by another actor
  not_signed,    ///< confirmed by another actor, but not signed
  unknown_key,   ///< signed with a key that was not in the lab before the claim was made
  unexamined,    ///< confirmed by another actor, but nobody else than the claimant has allowed every finding
  stale,         ///< verified, but too long ago
  exaggerated,
  refuted,
  disputed,  ///< grades differ
  invalid,   ///< another actor found that it cannot be graded as it is: a check, a guard or the comparison fails
};

/// The claimant's own last challenge of a claim that no other actor has challenged.
struct SelfCheck {
  Grade grade = Grade::inconclusive;
  int number = 0;                       ///< of the challenge's record
  std::optional<double> largest_claim;  ///< of an exaggerated one, if known
};

/// A claim and what became of it. What a record states counts as one if somebody has challenged the record itself.
struct ClaimStatus {
  RecordSummary record;      ///< of the claim, or of the attempt that states it
  Claim content;             ///< of an attempt only experiment, environment, metric, effect and record
  std::string text;          ///< in one line
  std::string withdrawn_in;  ///< name of the record; empty: it is upheld
  ClaimStanding standing = ClaimStanding::unchallenged;  ///< only `read_status` and `judged_claims` fill it in
  int passed_over = 0;                       ///< challenges that do not count beside those that give it its standing
  std::optional<SelfCheck> self_check = {};  ///< if it is only self-checked
};
/// All claims that were made, oldest first. \throws Error if an entry cannot be read.
[[nodiscard]] std::vector<ClaimStatus> claims_in(const Lab& lab, const std::vector<RecordSummary>& records);

/// "verified", or "verified, passing over 2 challenges that do not count".
[[nodiscard]] std::string standing_text(ClaimStanding standing, int passed_over);
/// The same of a claim; a self-check with what it came to: "self-checked: exaggerated (0010: at most 1.81x)".
[[nodiscard]] std::string standing_text(const ClaimStatus& claim);
/// What `standing_text` adds to a self-check: "", or ": exaggerated (0010: at most 1.81x)".
[[nodiscard]] std::string self_check_text(const ClaimStatus& claim);
/// `grade`, `number` and `largest_claim` for programs; null if there is none.
[[nodiscard]] nlohmann::json self_check_json(const ClaimStatus& claim);

/// Whether the claim is upheld and the day by which it was to be confirmed is past.
[[nodiscard]] bool is_overdue(const ClaimStatus& claim, Date today);

/// The withdrawal of a claim, or of what a record states that was challenged itself. \throws Error if the record is
/// neither, and lists the claims that are upheld; refused if it is withdrawn already.
[[nodiscard]] Withdrawal checked_withdrawal(const Lab& lab, const std::vector<RecordSummary>& records,
                                            const RecordSummary& claim, const std::string& reason);

}  // namespace assay::record

template <>
struct assay::EnumNames<assay::record::ClaimStanding> {
  static constexpr std::array<std::string_view, 12> values = {"unchallenged", "self-checked", "undecided",  "verified",
                                                              "unsigned",     "unknown-key",  "unexamined", "stale",
                                                              "exaggerated",  "refuted",      "disputed",   "invalid"};
};
