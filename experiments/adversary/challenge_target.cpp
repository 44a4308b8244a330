#include "experiments/adversary/challenge_target.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/record/entry.hpp"
#include "experiments/adversary/claim_making.hpp"
#include "experiments/adversary/measured_revision.hpp"
#include "experiments/record/committed_revision.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/verification/one_record.hpp"
#include "experiments/report/entries/claim_text.hpp"

namespace assay::adversary {
namespace {

using record::ClaimStatus;
using record::record_with;
using record::RecordSummary;

void require_real(const Record& record) {
  if (record.plan.challenge) {
    throw Error(fmt::format("record {:04} is a challenge itself: challenge the claim that it measured", record.number));
  }
  if (record.plan.simulation) {
    throw Error(fmt::format("record {:04} is a simulation: it says nothing about any machine", record.number));
  }
}

/// A revision is found correct only if the challenge runs it.
void require_claimed_revision(const ChallengeTarget& target) {
  if (!std::holds_alternative<ClaimedCorrectness>(target.claim.effect)) return;
  if (!has_source(claimed_plan(target).variable)) return;  // it is what is cloned
  for (const Level& level : claimed_plan(target).variable.levels) {
    const std::string revision = correct_revision(level);
    if (level.label != target.claim.treatment || revision.empty()) continue;
    // Programs before 0.2.0 named it by its commit only.
    const bool is_meant = target.claim.said.empty() ? std::get<SourceLevel>(level.value).commit == target.claim.revision
                                                    : revision == target.claim.said;
    if (is_meant) return;
  }
  throw Error(fmt::format("{} says that a revision is correct, and its plan does not run that revision as {}: nothing "
                          "was graded; it can only be withdrawn",
                          target.stated_by.name, target.claim.treatment),
              ErrorKind::invalid);
}

ChallengeTarget target_of_claim(const record::Lab& lab, const std::vector<RecordSummary>& records,
                                const ClaimStatus& claim) {
  if (!claim.withdrawn_in.empty()) {
    throw Error(
        fmt::format("{} is withdrawn, in {}: there is nothing to challenge", claim.record.name, claim.withdrawn_in),
        ErrorKind::refused);
  }
  ChallengeTarget target{
      .stated_by = claim.record, .claim = claim.content, .claimant = claim.record.actor, .record = std::nullopt};
  if (claim.content.record.empty()) {
    require_claimed_revision(target);
    return target;
  }
  const RecordSummary* const rests_on = record_with(records, claim.content.record);
  if (rests_on == nullptr) {
    throw Error(fmt::format("{} rests on a record that is gone: no record has SHA-256 {}", claim.record.name,
                            claim.content.record),
                ErrorKind::invalid);
  }
  target.record = record::read_record(lab, *rests_on);
  require_real(*target.record);
  require_claimed_revision(target);
  return target;
}

ChallengeTarget target_of_record(const record::Lab& lab, const std::vector<RecordSummary>& records,
                                 const RecordSummary& given) {
  Record record = record::read_record(lab, given);
  require_real(record);
  ChallengeTarget target{
      .stated_by = given, .claim = claim_of_record(record, {}), .claimant = given.actor, .record = std::move(record)};
  target.claim.record = given.sha256;
  target.claim.hypothesis_sha256 = given.hypothesis_sha256;
  MeasuredRevision measured = measured_revision({lab, records}, given, *target.record);
  target.claim.revision = std::move(measured.commit);
  target.doubt = std::move(measured.doubt);
  return target;
}

/// The upheld claims that rest on this record.
std::vector<ClaimStatus> claims_on(const record::Lab& lab, const std::vector<RecordSummary>& records,
                                   const RecordSummary& given) {
  std::vector<ClaimStatus> resting;
  for (ClaimStatus& claim : record::claims_in(lab, records)) {
    if (claim.content.record == given.sha256 && claim.withdrawn_in.empty()) resting.push_back(std::move(claim));
  }
  return resting;
}

/// How somebody else confirms a record that a challenge does not measure; empty if there is nothing to confirm.
std::string other_way(const RecordSummary& given) {
  if (given.kind == RecordKind::gain) {
    return ": confirm a gain by measuring it again, with assay baseline --against, and sign that record";
  }
  return "";
}

ChallengeTarget target_meant(const record::Lab& lab, const std::vector<RecordSummary>& records,
                             const RecordSummary& given) {
  const std::vector<ClaimStatus> claims = record::claims_in(lab, records);
  const auto claim = std::find_if(claims.begin(), claims.end(),
                                  [&given](const ClaimStatus& one) { return one.record.sha256 == given.sha256; });
  if (claim != claims.end()) return target_of_claim(lab, records, *claim);
  if (!record::is_attempt(given)) {
    throw Error(fmt::format("{} is neither a claim nor the record of an attempt{}", given.name, other_way(given)));
  }
  const std::vector<ClaimStatus> resting = claims_on(lab, records, given);
  if (resting.size() == 1) return target_of_claim(lab, records, resting.front());
  if (resting.empty()) return target_of_record(lab, records, given);
  std::vector<std::string> names;
  for (const ClaimStatus& one : resting) names.push_back(one.record.name);
  throw Error(fmt::format("several claims rest on {}: say which, {}", given.name, fmt::join(names, " or ")));
}

/// Whether the challenge took one of the levels of this target: it measured the same claim, or what its record states,
/// or an earlier claim that rested on that record and said the same. To claim anew buys no fresh level.
bool spends_a_level_of(const ChallengeTarget& target, const ChallengeEntry& challenge,
                       const std::vector<ClaimStatus>& claims) {
  if (challenge.claim == target.stated_by.sha256) return true;
  if (target.claim.record.empty()) return false;
  if (challenge.claim == target.claim.record) return true;
  return std::any_of(claims.begin(), claims.end(), [&](const ClaimStatus& claim) {
    return claim.record.sha256 == challenge.claim && claim.content.record == target.claim.record &&
           claim.content.effect == target.claim.effect && claim.text == report::claim_headline(target.claim);
  });
}

}  // namespace

ChallengeTarget challenge_target(const record::Lab& lab, const std::vector<RecordSummary>& records,
                                 const RecordSummary& given) {
  ChallengeTarget target = target_meant(lab, records, given);
  const std::vector<ClaimStatus> claims = record::claims_in(lab, records);
  const record::Signers signers(lab, record::KeyHistory::taken_for_granted);
  for (const record::ChallengeStatus& challenge : record::challenges_in(lab, records, signers)) {
    if (spends_a_level_of(target, challenge.content, claims)) ++target.earlier;
  }
  return target;
}

void measure_at(const record::Lab& lab, const std::string& revision, ChallengeTarget& target) {
  if (target.stated_by.kind == RecordKind::claim && !target.claim.revision.empty()) {
    throw Error(fmt::format("--at: {} is about the commit {}, which is what is measured: leave --at out",
                            target.stated_by.name, short_object_id(target.claim.revision)));
  }
  if (has_source(claimed_plan(target).variable)) {
    throw Error(fmt::format("--at: the arms of {} are clones of commits that its plan names: leave --at out",
                            target.stated_by.name));
  }
  target.claim.revision = record::resolved_revision(lab.root(), revision);
  target.doubt.clear();
}

void require_untouched(const record::Lab& lab, const ChallengeTarget& target) {
  const std::vector<RecordSummary> records = record::list_records(lab);
  std::vector<const RecordSummary*> needed{record_with(records, target.stated_by.sha256)};
  if (target.record) needed.push_back(record_with(records, target.claim.record));
  for (const RecordSummary* const one : needed) {
    if (one == nullptr) throw Error("what is challenged was changed meanwhile: nothing was graded", ErrorKind::invalid);
    const auto flaw = record::flaw_of_one(lab, records, *one);
    if (!flaw) continue;
    throw Error(fmt::format("{}: {}: nothing was graded; restore its file, and look with: assay verify", flaw->where,
                            flaw->what),
                ErrorKind::invalid);
  }
}

const Plan& claimed_plan(const ChallengeTarget& target) {
  if (target.record) return target.record->plan;
  if (!target.claim.plan) throw Error("the claim has neither a record nor a plan to measure it by", ErrorKind::invalid);
  return *target.claim.plan;
}

}  // namespace assay::adversary
