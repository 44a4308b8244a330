#include "experiments/record/history/challenges.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/record/entry.hpp"
#include "experiments/record/history/challenged_records.hpp"
#include "experiments/record/record_search.hpp"
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

/// The challenges of one claim by others than the claimant.
using Challenges = std::vector<const ChallengeStatus*>;

ClaimStanding standing_of_confirmed(const Challenges& confirmed, const VerifiedRules& rules) {
  std::optional<std::int64_t> last;
  for (const ChallengeStatus* challenge : confirmed) {
    if (challenge->unexamined == 0) last = std::max(last.value_or(0), challenge->record.created_ns);
  }
  if (!last) return ClaimStanding::unexamined;
  return is_fresh(*last, rules) ? ClaimStanding::verified : ClaimStanding::stale;
}

/// What a confirmation lacks that does not count.
ClaimStanding what_is_missing(const Challenges& confirmed) {
  const bool is_signed = std::any_of(confirmed.begin(), confirmed.end(), [](const ChallengeStatus* challenge) {
    return challenge->vouched == Vouched::by_unknown_key;
  });
  return is_signed ? ClaimStanding::unknown_key : ClaimStanding::not_signed;
}

}  // namespace

bool is_fresh(std::int64_t created_ns, const VerifiedRules& rules) {
  const std::int64_t age = rules.now_ns - created_ns;
  return !rules.fresh || (age <= rules.fresh->count() && age >= -kClockSkew.count());
}

bool is_challenge(const RecordSummary& summary) {
  return summary.kind == RecordKind::challenge;
}

bool counts(const ChallengeStatus& challenge) {
  return challenge.content.independence == Independence::other_actor && challenge.vouched == Vouched::by_another;
}

std::vector<std::string> claimant_names(const Lab& lab, const std::vector<RecordSummary>& records,
                                        const RecordSummary& claim) {
  std::vector<std::string> names = names_of_maker(claim);
  if (claim.kind != RecordKind::claim) return names;
  const Entry entry = read_entry(lab, claim);
  const Claim& content = std::get<Claim>(entry.content);
  // Before 0.2.0 only claims said it.
  const auto add = [&names](const std::string& name) {
    if (!name.empty() && !contains(names, name)) names.push_back(name);
  };
  add(content.git_identity);
  if (const RecordSummary* const rests_on = record_with(records, content.record)) {
    for (const std::string& name : names_of_maker(*rests_on)) add(name);
  }
  return names;
}

std::vector<std::string> claimant_names(const Lab& lab, const std::vector<RecordSummary>& records,
                                        const ChallengeEntry& challenge) {
  const RecordSummary* const claim = record_with(records, challenge.claim);
  return claim == nullptr ? std::vector{challenge.claimant} : claimant_names(lab, records, *claim);
}

bool is_by_another(const AllowanceStatus& allowance, const VouchedAgainst& claimant, const Signers& signers) {
  return signers.vouched_for(allowance.record, claimant) == Vouched::by_another;
}

VouchedAgainst claimant_of(const Lab& lab, const std::vector<RecordSummary>& records, const ChallengeEntry& challenge) {
  return {.names = claimant_names(lab, records, challenge), .stated_in = record_with(records, challenge.claim)};
}

namespace {

/// Findings of the challenge that nobody else than the claimant has allowed.
int unexamined_of(const ChallengeStatus& challenge, const std::vector<AllowanceStatus>& allowances,
                  const VouchedAgainst& claimant, const Signers& signers) {
  std::set<int> accepted;
  for (const AllowanceStatus& allowance : allowances) {
    const bool is_about = allowance.content.challenge == challenge.record.sha256;
    if (is_about && is_by_another(allowance, claimant, signers)) accepted.insert(allowance.content.finding);
  }
  return std::max(0, static_cast<int>(challenge.content.findings.size()) - static_cast<int>(accepted.size()));
}

/// The claimants of a lab, by the hash of what they stated.
class Claimants {
 public:
  Claimants(const Lab& lab, const std::vector<RecordSummary>& records) : lab_(lab), records_(records) {}

  const VouchedAgainst& of(const ChallengeEntry& challenge) {
    const auto [known, is_new] = known_.try_emplace(challenge.claim);
    if (is_new) known->second = claimant_of(lab_, records_, challenge);
    return known->second;
  }

 private:
  const Lab& lab_;
  const std::vector<RecordSummary>& records_;
  std::map<std::string, VouchedAgainst> known_;
};

}  // namespace

std::vector<ChallengeStatus> challenges_in(const Lab& lab, const std::vector<RecordSummary>& records,
                                           const Signers& signers) {
  std::vector<ChallengeStatus> challenges;
  if (std::none_of(records.begin(), records.end(), is_challenge)) return challenges;
  const std::vector<AllowanceStatus> allowances = allowances_in(lab, records);
  Claimants claimants(lab, records);
  for (const RecordSummary& record : records) {
    if (!is_challenge(record)) continue;
    Entry entry = read_entry(lab, record);
    auto content = std::get<ChallengeEntry>(std::move(entry.content));
    const VouchedAgainst& claimant = claimants.of(content);
    const Vouched vouched = signers.vouched_for(record, claimant);
    challenges.push_back({.record = record, .content = std::move(content), .vouched = vouched});
    challenges.back().unexamined = unexamined_of(challenges.back(), allowances, claimant, signers);
  }
  return challenges;
}

std::optional<RecordSummary> challenge_without_entry(const Lab& lab, const std::vector<RecordSummary>& records,
                                                     const std::string& claim_sha256) {
  std::set<std::string> filed;
  for (const RecordSummary& record : records) {
    if (!is_challenge(record)) continue;
    filed.insert(std::get<ChallengeEntry>(read_entry(lab, record).content).record);
  }
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
std::optional<Grade> grade_of_sessions(const Challenges& challenges) {
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

bool is_invalid(const ChallengeStatus* challenge) {
  return challenge->content.result.grade == Grade::invalid;
}

/// Nothing is graded because of what treatment did. Whatever else makes a comparison invalid may lie with the place.
bool shows_a_fault_of_treatment(const ChallengeStatus* challenge) {
  const GradeReason reason = challenge->content.result.reason;
  return is_invalid(challenge) &&
         (reason == GradeReason::failed_trials || reason == GradeReason::weakened || reason == GradeReason::guard);
}

/// What these challenges say together; std::nullopt: nothing is decided.
std::optional<ClaimStanding> outcome_of(const Challenges& challenges, const VerifiedRules& rules,
                                        ClaimStanding (*of_confirmed)(const Challenges&, const VerifiedRules&)) {
  if (const std::optional<Grade> grade = grade_of_sessions(challenges)) {
    return *grade == Grade::refuted ? ClaimStanding::refuted : of_confirmed(challenges, rules);
  }
  Challenges decisive;
  for (const ChallengeStatus* challenge : challenges) {
    if (is_decisive(challenge->content.result.grade)) decisive.push_back(challenge);
  }
  if (decisive.empty()) {
    const bool any_invalid = std::any_of(challenges.begin(), challenges.end(), is_invalid);
    return any_invalid ? std::optional(ClaimStanding::invalid) : std::nullopt;
  }
  const Grade grade = decisive.front()->content.result.grade;
  const bool agree = std::all_of(decisive.begin(), decisive.end(), [grade](const ChallengeStatus* challenge) {
    return challenge->content.result.grade == grade;
  });
  const bool is_faulty = std::any_of(challenges.begin(), challenges.end(), shows_a_fault_of_treatment);
  if (!agree || (is_faulty && grade == Grade::confirmed)) return ClaimStanding::disputed;
  if (grade == Grade::confirmed) return of_confirmed(decisive, rules);
  return grade == Grade::exaggerated ? ClaimStanding::exaggerated : ClaimStanding::refuted;
}

}  // namespace

namespace {

/// The newest that decided something; the newest of all if none did.
std::optional<SelfCheck> last_self_check(const std::string& claim, const std::vector<ChallengeStatus>& challenges) {
  std::optional<SelfCheck> last;
  for (const ChallengeStatus& challenge : challenges) {
    const ChallengeResult& result = challenge.content.result;
    if (challenge.content.claim != claim) continue;
    if (last && is_decisive(last->grade) && !is_decisive(result.grade)) continue;
    last = SelfCheck{.grade = result.grade, .number = challenge.record.number, .largest_claim = {}};
    if (result.grade == Grade::exaggerated) last->largest_claim = result.largest_claim;
  }
  return last;
}

}  // namespace

JudgedStanding standing_of(const std::string& claim, const std::vector<ChallengeStatus>& challenges,
                           const VerifiedRules& rules) {
  Challenges of_others;
  Challenges counting;
  int all = 0;
  for (const ChallengeStatus& challenge : challenges) {
    if (challenge.content.claim != claim) continue;
    ++all;
    if (challenge.content.independence == Independence::other_actor) of_others.push_back(&challenge);
    if (counts(challenge)) counting.push_back(&challenge);
  }
  if (all == 0) return {ClaimStanding::unchallenged};
  if (of_others.empty()) {
    return {.standing = ClaimStanding::self_checked, .self_check = last_self_check(claim, challenges)};
  }
  if (counting.empty()) {
    const auto incomplete = [](const Challenges& confirmed, const VerifiedRules&) {
      return what_is_missing(confirmed);
    };
    return {outcome_of(of_others, rules, incomplete).value_or(ClaimStanding::undecided)};
  }
  return {.standing = outcome_of(counting, rules, standing_of_confirmed).value_or(ClaimStanding::undecided),
          .passed_over = all - static_cast<int>(counting.size())};
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

std::vector<ClaimStatus> judged_claims(const Lab& lab, const std::vector<RecordSummary>& records,
                                       const VerifiedRules& rules, KeyHistory keys) {
  if (std::none_of(records.begin(), records.end(), is_challenge)) return claims_in(lab, records);
  const std::vector<ChallengeStatus> challenges = challenges_in(lab, records, Signers(lab, keys));
  std::vector<ClaimStatus> claims = stated_claims(lab, records, challenges);
  for (ClaimStatus& claim : claims) {
    const JudgedStanding judged = standing_of(claim, challenges, rules);
    claim.standing = judged.standing;
    claim.passed_over = judged.passed_over;
    claim.self_check = judged.self_check;
  }
  return claims;
}

}  // namespace assay::record
