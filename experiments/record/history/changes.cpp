#include "experiments/record/history/changes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"
#include "experiments/record/history/ancestry.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/history/claims.hpp"

namespace assay::record {
namespace {

/// What challenges say about the change of an attempt. What they say about its size is another's: refuted is what shows
/// no improvement of the metric that it was kept for, by another actor.
enum class Finding { not_correct, confirmed, exaggerated, refuted };

struct ChallengedAttempt {
  std::string attempt;  ///< SHA-256
  Finding finding = Finding::confirmed;
  RecordSummary challenge;
  bool is_about_a_difference = false;  ///< between treatment and control
  std::string metric = {};             ///< that was claimed
};

/// Only these claims say of an attempt what it was kept for.
bool is_about_a_difference(const ClaimedEffect& effect) {
  return std::holds_alternative<ClaimedRatio>(effect) || std::holds_alternative<ClaimedNotWorse>(effect);
}

/// What a challenge by another has decided; nothing if it decided nothing.
std::optional<Finding> finding_of(const ChallengeEntry& challenge) {
  if (challenge.independence != Independence::other_actor) return std::nullopt;
  switch (challenge.result.grade) {
    case Grade::confirmed:
      return Finding::confirmed;
    case Grade::exaggerated:
      return Finding::exaggerated;
    case Grade::refuted:
      return Finding::refuted;
    case Grade::inconclusive:
    case Grade::invalid:
      break;
  }
  return std::nullopt;
}

/// Treatment fails, or fails checks, where control does not.
bool shows_a_fault(const ChallengeEntry& challenge) {
  const ChallengeResult& result = challenge.result;
  if (result.reason == GradeReason::failed_trials && result.grade != Grade::confirmed) return true;
  return std::holds_alternative<ClaimedCorrectness>(challenge.effect) && result.grade == Grade::refuted;
}

/// Whether the claim is about the arm that the attempt kept. Where there are but two, other labels say nothing else.
bool is_about_kept_arm(const Lab& lab, const RecordSummary& attempt, const Claim& claim) {
  const Record head = read_record_head(lab, attempt);
  return arm_count(head.plan) == 2 ||
         std::any_of(head.result.comparisons.begin(), head.result.comparisons.end(), [&](const Comparison& one) {
           return one.decision == Decision::keep && one.treatment.label == claim.treatment;
         });
}

/// SHA-256 of the attempts at the change which a claim that rests on no record calls correct.
std::vector<std::string> attempts_at(const Lab& lab, const std::vector<RecordSummary>& records, const Claim& claim) {
  std::vector<std::string> attempts;
  if (!claim.plan || !std::holds_alternative<ClaimedCorrectness>(claim.effect)) return attempts;
  const std::string hypothesis = host::sha256(formats::hypothesis_json(*claim.plan));
  for (const RecordSummary& record : records) {
    const bool is_same = is_attempt(record) && !record.exploratory && record.hypothesis_sha256 == hypothesis;
    if (is_same && is_about_kept_arm(lab, record, claim)) attempts.push_back(record.sha256);
  }
  return attempts;
}

/// Claims by the hash of their record.
std::map<std::string, Claim> claims_by_hash(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::map<std::string, Claim> claims;
  for (ClaimStatus& claim : claims_in(lab, records)) claims.emplace(claim.record.sha256, std::move(claim.content));
  return claims;
}

std::vector<ChallengedAttempt> challenged_attempts(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::vector<ChallengedAttempt> all;
  const std::vector<ChallengeStatus> challenges =
      challenges_in(lab, records, Signers(lab, KeyHistory::taken_for_granted));
  if (challenges.empty()) return all;
  const std::map<std::string, Claim> claims = claims_by_hash(lab, records);
  for (const ChallengeStatus& challenge : challenges) {
    const auto claim = claims.find(challenge.content.claim);
    const std::string attempt = claim == claims.end() ? challenge.content.claim : claim->second.record;
    if (shows_a_fault(challenge.content)) {
      all.push_back({attempt, Finding::not_correct, challenge.record});
      if (claim == claims.end() || !attempt.empty()) continue;
      for (std::string& one : attempts_at(lab, records, claim->second)) {
        all.push_back({std::move(one), Finding::not_correct, challenge.record});
      }
    } else if (const auto finding = finding_of(challenge.content)) {
      all.push_back({attempt, *finding, challenge.record, is_about_a_difference(challenge.content.effect),
                     challenge.content.metric.name});
    }
  }
  return all;
}

/// The last challenge that shows no improvement of what the attempt was kept for, unless another one shows some.
std::optional<RecordSummary> refutation_of(const Lab& lab, const RecordSummary& attempt,
                                           const std::vector<ChallengedAttempt>& challenged) {
  std::optional<RecordSummary> last;
  std::optional<std::string> kept_for;
  for (const ChallengedAttempt& one : challenged) {
    if (one.attempt != attempt.sha256 || !one.is_about_a_difference) continue;
    if (!kept_for) {
      const Plan plan = read_record_head(lab, attempt).plan;
      kept_for = plan.metrics[primary_metric(plan)].name;
    }
    if (one.metric != *kept_for) continue;
    if (one.finding != Finding::refuted) return std::nullopt;
    last = one.challenge;
  }
  return last;
}

/// The newest adoption of an attempt's change, unless a later reversion undoes it.
std::optional<RecordSummary> adoption_of(const std::vector<RecordSummary>& records, const std::string& attempt) {
  for (auto record = records.rbegin(); record != records.rend(); ++record) {
    if (record->about != attempt) continue;
    if (record->kind == RecordKind::reversion) return std::nullopt;
    if (record->kind == RecordKind::adoption) return *record;
  }
  return std::nullopt;
}

std::optional<RecordSummary> reversion_of(const std::vector<RecordSummary>& records, const std::string& attempt) {
  for (auto record = records.rbegin(); record != records.rend(); ++record) {
    if (record->about != attempt) continue;
    if (record->kind == RecordKind::reversion) return *record;
    if (record->kind == RecordKind::adoption) return std::nullopt;
  }
  return std::nullopt;
}

/// Whether a gain has a change in some cell: an attempt that ended before it could tell has none.
bool has_measured(const Lab& lab, const RecordSummary& gain) {
  const Entry entry = read_entry(lab, gain);
  const auto& cells = std::get<Gain>(entry.content).cells;
  return std::any_of(cells.begin(), cells.end(), [](const GainOfCell& cell) { return cell.percent && cell.interval; });
}

/// The newest record that measured the change again, and of which the adoption could not know.
std::optional<RecordSummary> measured_again(const Lab& lab, const std::vector<RecordSummary>& records,
                                            const RecordSummary& adoption,
                                            const std::vector<ChallengedAttempt>& challenged,
                                            const Ancestry& ancestry) {
  std::optional<RecordSummary> last;
  for (const RecordSummary& record : records) {
    const bool is_part = std::find(record.parts.begin(), record.parts.end(), adoption.about) != record.parts.end();
    if (record.kind != RecordKind::gain || !is_part || ancestry.knows(adoption, record)) continue;
    if (has_measured(lab, record)) last = record;
  }
  for (const ChallengedAttempt& one : challenged) {
    const bool counts =
        one.attempt == adoption.about && one.finding == Finding::confirmed && !ancestry.knows(adoption, one.challenge);
    if (counts && (!last || comes_before(*last, one.challenge))) last = one.challenge;
  }
  return last;
}

KeptChange change_of(const Lab& lab, const RecordSummary& attempt, const std::vector<RecordSummary>& records,
                     const std::vector<ChallengedAttempt>& challenged, const Ancestry& ancestry) {
  KeptChange change{.attempt = attempt};
  change.refuted_by = refutation_of(lab, attempt, challenged);
  change.adopted_by = adoption_of(records, attempt.sha256);
  const auto fault = std::find_if(challenged.rbegin(), challenged.rend(), [&](const ChallengedAttempt& one) {
    return one.attempt == attempt.sha256 && one.finding == Finding::not_correct;
  });
  if (fault != challenged.rend()) {
    change.standing = change.adopted_by ? ChangeStanding::must_be_reverted : ChangeStanding::refuted;
    change.because = fault->challenge;
  } else if (change.refuted_by && !change.adopted_by) {
    change.standing = ChangeStanding::refuted;
    change.because = change.refuted_by;
  }
  if (const auto reversion = reversion_of(records, attempt.sha256)) {
    change.standing = ChangeStanding::reverted;
    change.because = reversion;
  }
  if (change.standing != ChangeStanding::kept || !change.adopted_by) return change;
  change.because = measured_again(lab, records, *change.adopted_by, challenged, ancestry);
  change.standing = change.because ? ChangeStanding::remeasured : ChangeStanding::adopted;
  if (!change.because) change.because = change.adopted_by;
  return change;
}

Error refused_change(const std::string& what) {
  return Error(what, ErrorKind::refused);
}

}  // namespace

std::vector<KeptChange> kept_changes(const Lab& lab, const std::vector<RecordSummary>& records) {
  const std::vector<ChallengedAttempt> challenged = challenged_attempts(lab, records);
  const Ancestry ancestry(records);
  std::vector<KeptChange> changes;
  for (const HypothesisHistory& history : hypotheses_in(records)) {
    if (is_kept(history)) changes.push_back(change_of(lab, *history.decided_by, records, challenged, ancestry));
  }
  return changes;
}

std::optional<KeptChange> kept_change_of(const Lab& lab, const std::vector<RecordSummary>& records,
                                         const RecordSummary& attempt) {
  for (KeptChange& change : kept_changes(lab, records)) {
    if (change.attempt.sha256 == attempt.sha256) return std::move(change);
  }
  return std::nullopt;
}

Adoption checked_adoption(const Lab& lab, const std::vector<RecordSummary>& records, const ChangeInRevision& change) {
  const auto attempt = std::find_if(records.begin(), records.end(),
                                    [&change](const RecordSummary& record) { return record.sha256 == change.record; });
  ASSAY_ASSERT(attempt != records.end());
  const std::optional<KeptChange> kept = kept_change_of(lab, records, *attempt);
  if (!kept) {
    const std::string said = is_attempt(*attempt) ? fmt::format("says {} ({})", name_or_empty(attempt->decision),
                                                                name_or_empty(attempt->reason))
                                                  : fmt::format("is of the kind {}", to_string(attempt->kind));
    throw refused_change(fmt::format("{} {}: only a change that was kept can be adopted", attempt->name, said));
  }
  if (kept->standing == ChangeStanding::refuted && kept->because != kept->refuted_by) {
    throw refused_change(
        fmt::format("{} showed that the change of {} is not correct", kept->because->name, attempt->name));
  }
  if (kept->standing == ChangeStanding::refuted && change.reason.empty()) {
    throw refused_change(
        fmt::format("{} refuted what {} was kept for: it measured no improvement; --why TEXT records "
                    "the adoption all the same",
                    kept->refuted_by->name, attempt->name));
  }
  if (kept->adopted_by) {
    throw refused_change(fmt::format("{} is adopted already, in {}", attempt->name, kept->adopted_by->name));
  }
  return {change};
}

Reversion checked_reversion(const std::vector<RecordSummary>& records, const ChangeInRevision& change) {
  if (const auto earlier = reversion_of(records, change.record)) {
    throw refused_change(fmt::format("{} is reverted already, in {}", change.experiment, earlier->name));
  }
  const std::optional<RecordSummary> adoption = adoption_of(records, change.record);
  return {change, adoption ? adoption->sha256 : ""};
}

}  // namespace assay::record
