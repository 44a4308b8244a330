#include "experiments/record/history/challenges.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/record/entry.hpp"
#include "experiments/record/history/allowances.hpp"
#include "experiments/record/history/known_keys.hpp"
#include "experiments/report/entries/challenge_text.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::record {
namespace {

bool is_decisive(Grade grade) {
  return grade == Grade::confirmed || grade == Grade::exaggerated || grade == Grade::refuted;
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// Signed by somebody else than the claimant.
bool is_signed(const ChallengeStatus& challenge, const std::vector<std::string>& claimant_keys) {
  return !challenge.signing_key.empty() && !contains(claimant_keys, challenge.signing_key);
}

ClaimStanding standing_of_confirmed(const std::vector<const ChallengeStatus*>& confirmed,
                                    const std::vector<std::string>& claimant_keys, const VerifiedRules& rules) {
  std::optional<std::int64_t> last;
  bool any_signed = false;
  bool any_known = false;
  for (const ChallengeStatus* challenge : confirmed) {
    if (!is_signed(*challenge, claimant_keys)) continue;
    any_signed = true;
    if (!challenge->is_key_known) continue;
    any_known = true;
    if (challenge->unexamined == 0) last = std::max(last.value_or(0), challenge->record.created_ns);
  }
  if (!any_signed) return ClaimStanding::not_signed;
  if (!any_known) return ClaimStanding::unknown_key;
  if (!last) return ClaimStanding::unexamined;
  const bool is_stale = rules.fresh && rules.now_ns - *last > rules.fresh->count();
  return is_stale ? ClaimStanding::stale : ClaimStanding::verified;
}

}  // namespace

namespace {

/// Findings of the challenge that no allowance by somebody else than the claimant names.
int unexamined_of(const RecordSummary& record, const ChallengeEntry& challenge,
                  const std::vector<AllowanceStatus>& allowances) {
  std::set<int> accepted;
  for (const AllowanceStatus& allowance : allowances) {
    const bool counts = allowance.content.challenge == record.sha256 && allowance.record.actor != challenge.claimant;
    if (counts) accepted.insert(allowance.content.finding);
  }
  return std::max(0, static_cast<int>(challenge.findings.size()) - static_cast<int>(accepted.size()));
}

}  // namespace

namespace {

/// Whether each signed challenge was signed with a key that was there before its claim.
void look_up_keys(const Lab& lab, const std::vector<RecordSummary>& records, std::vector<ChallengeStatus>& challenges) {
  std::optional<KnownKeys> known;  // starts processes, and most labs have no signature
  for (ChallengeStatus& challenge : challenges) {
    if (challenge.signing_key.empty()) continue;
    const auto claim = std::find_if(records.begin(), records.end(), [&challenge](const RecordSummary& record) {
      return record.sha256 == challenge.content.claim;
    });
    if (claim == records.end()) continue;
    if (!known) known.emplace(lab);
    challenge.is_key_known = known->was_known(challenge.signing_key, *claim);
  }
}

}  // namespace

bool is_challenge(const RecordSummary& summary) {
  return summary.kind == kind_of(ChallengeEntry{});
}

std::vector<ChallengeStatus> challenges_in(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::vector<ChallengeStatus> challenges;
  if (std::none_of(records.begin(), records.end(), is_challenge)) return challenges;
  const std::vector<Signature> signatures = signatures_in(lab);
  const std::vector<AllowanceStatus> allowances = allowances_in(lab, records);
  for (const RecordSummary& record : records) {
    if (!is_challenge(record)) continue;
    Entry entry = read_entry(lab, record);
    const auto signature = std::find_if(signatures.begin(), signatures.end(),
                                        [&record](const Signature& one) { return one.record_sha256 == record.sha256; });
    auto content = std::get<ChallengeEntry>(std::move(entry.content));
    const int unexamined = unexamined_of(record, content, allowances);
    challenges.push_back({.record = record,
                          .content = std::move(content),
                          .signing_key = signature == signatures.end() ? "" : signature->public_key,
                          .unexamined = unexamined});
  }
  look_up_keys(lab, records, challenges);
  return challenges;
}

std::optional<RecordSummary> challenge_without_entry(const Lab& lab, const std::vector<RecordSummary>& records,
                                                     const std::string& claim_sha256) {
  std::set<std::string> filed;
  for (const ChallengeStatus& challenge : challenges_in(lab, records)) filed.insert(challenge.content.record);
  for (const RecordSummary& record : records) {
    if (!is_attempt(record) || !record.exploratory || filed.contains(record.sha256)) continue;
    const Record head = read_record_head(lab, record);
    if (head.plan.challenge && head.plan.challenge->claim == claim_sha256) return record;
  }
  return std::nullopt;
}

namespace {

constexpr std::int64_t kBetweenSessions = 3'600'000'000'000;
constexpr std::size_t kSessions = 6;

/// A limit is graded by six sessions or more, at least an hour apart, that all lie on one side of it: if the figure of
/// a session were as often above the limit as below, that would happen once in 64.
std::optional<Grade> grade_of_sessions(const std::vector<const ChallengeStatus*>& challenges) {
  std::optional<std::int64_t> last;
  std::size_t sessions = 0;
  std::size_t keeping = 0;
  for (const ChallengeStatus* challenge : challenges) {
    const auto* const limit = std::get_if<ClaimedLimit>(&challenge->content.effect);
    const ChallengeResult& result = challenge->content.result;
    const bool counts = limit != nullptr && result.reason == GradeReason::one_session && result.estimate;
    if (!counts || (last && challenge->record.created_ns - *last < kBetweenSessions)) continue;
    last = challenge->record.created_ns;
    ++sessions;
    keeping += keeps(limit->bound, limit->limit, *result.estimate) ? 1 : 0;
  }
  if (sessions < kSessions || (keeping > 0 && keeping < sessions)) return std::nullopt;
  return keeping == sessions ? Grade::confirmed : Grade::refuted;
}

}  // namespace

ClaimStanding standing_of(const std::string& claim, const std::vector<ChallengeStatus>& challenges,
                          const std::vector<std::string>& claimant_keys, const VerifiedRules& rules) {
  std::vector<const ChallengeStatus*> of_others;  // that have decided it
  std::vector<const ChallengeStatus*> all_of_others;
  bool any = false;
  for (const ChallengeStatus& challenge : challenges) {
    if (challenge.content.claim != claim) continue;
    any = true;
    if (challenge.content.independence != Independence::other_actor) continue;
    all_of_others.push_back(&challenge);
    if (is_decisive(challenge.content.result.grade)) of_others.push_back(&challenge);
  }
  if (!any) return ClaimStanding::unchallenged;
  if (all_of_others.empty()) return ClaimStanding::self_checked;
  if (const std::optional<Grade> grade = grade_of_sessions(all_of_others)) {
    if (*grade == Grade::refuted) return ClaimStanding::refuted;
    return standing_of_confirmed(all_of_others, claimant_keys, rules);
  }
  if (of_others.empty()) return ClaimStanding::undecided;
  const Grade grade = of_others.front()->content.result.grade;
  const bool agree = std::all_of(of_others.begin(), of_others.end(),
                                 [grade](const ChallengeStatus* one) { return one->content.result.grade == grade; });
  if (!agree) return ClaimStanding::disputed;
  if (grade == Grade::confirmed) return standing_of_confirmed(of_others, claimant_keys, rules);
  return grade == Grade::exaggerated ? ClaimStanding::exaggerated : ClaimStanding::refuted;
}

AllowedFinding checked_allowance(const Lab& lab, const AllowanceRequest& request) {
  if (!is_challenge(request.challenge)) throw Error(fmt::format("{} is not a challenge", request.challenge.name));
  const Entry entry = read_entry(lab, request.challenge);
  const std::vector<ReviewFinding>& findings = std::get<ChallengeEntry>(entry.content).findings;
  if (request.finding < 1 || request.finding > static_cast<int>(findings.size())) {
    throw Error(fmt::format("{} has no finding {}: it has {}", request.challenge.name, request.finding,
                            report::count_text(static_cast<int>(findings.size()), "finding")));
  }
  const ReviewFinding& finding = findings[static_cast<std::size_t>(request.finding - 1)];
  return {.challenge = request.challenge.sha256,
          .finding = request.finding,
          .text = report::finding_text(finding),
          .reason = request.reason};
}

std::vector<std::string> keys_of(const std::string& actor, const std::vector<RecordSummary>& records,
                                 const std::vector<Signature>& signatures) {
  std::vector<std::string> keys;
  for (const Signature& signature : signatures) {
    const bool signs_own = std::any_of(records.begin(), records.end(), [&](const RecordSummary& record) {
      return record.sha256 == signature.record_sha256 && record.actor == actor;
    });
    if ((signature.actor == actor || signs_own) && !contains(keys, signature.public_key)) {
      keys.push_back(signature.public_key);
    }
  }
  return keys;
}

std::vector<ClaimStatus> judged_claims(const Lab& lab, const std::vector<RecordSummary>& records,
                                       const VerifiedRules& rules) {
  const std::vector<ChallengeStatus> challenges = challenges_in(lab, records);
  std::vector<ClaimStatus> claims = claims_in(lab, records);
  if (challenges.empty()) return claims;
  const std::vector<Signature> signatures = signatures_in(lab);
  for (ClaimStatus& claim : claims) {
    claim.standing =
        standing_of(claim.record.sha256, challenges, keys_of(claim.record.actor, records, signatures), rules);
  }
  return claims;
}

}  // namespace assay::record
