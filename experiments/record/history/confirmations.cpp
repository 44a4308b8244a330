#include "experiments/record/history/confirmations.hpp"

#include <algorithm>
#include <set>

#include "core/record/entry.hpp"
#include "experiments/record/history/baselines_in_force.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/history/reviews.hpp"
#include "experiments/record/history/target_readings.hpp"

namespace assay::record {
namespace {

/// What others than the declarer recorded lately and signed with keys of their own.
std::vector<RecordSummary> signed_by_others(const LabView& view, const Declaration& declaration,
                                            const Signers& signers) {
  const VouchedAgainst declarer{.names = {declaration.actor, declaration.git_identity}};
  std::vector<RecordSummary> chosen;
  for (const RecordSummary& record : view.records) {
    if (!is_fresh(record.created_ns, {.now_ns = declaration.now_ns, .fresh = kFreshFor})) continue;
    if (signers.vouched_for(record, declarer) == Vouched::by_another) chosen.push_back(record);
  }
  return chosen;
}

/// A gain rests on the samples of an attempt, whose hash it states: its signature covers them.
std::vector<RecordSummary> with_samples(const LabView& view, std::vector<RecordSummary> chosen) {
  std::set<std::string> samples;
  for (const RecordSummary& record : chosen) {
    if (record.kind == RecordKind::gain) samples.insert(record.about);
  }
  for (const RecordSummary& record : view.records) {
    if (samples.contains(record.sha256)) chosen.push_back(record);
  }
  std::sort(chosen.begin(), chosen.end(), comes_before);
  const auto end = std::unique(chosen.begin(), chosen.end(), [](const RecordSummary& left, const RecordSummary& right) {
    return left.sha256 == right.sha256;
  });
  chosen.erase(end, chosen.end());
  return chosen;
}

class Confirmation {
 public:
  Confirmation(const LabView& view, const Criterion& criterion, const CriterionState& state,
               const Declaration& declaration)
      : view_(view),
        criterion_(criterion),
        state_(state),
        declaration_(declaration),
        signers_(view.lab, KeyHistory::looked_up),
        by_others_(signed_by_others(view, declaration, signers_)) {}

  std::vector<std::string> operator()(const BaselineCriterion&) const {
    return measured_or_reviewed(ReviewSubject::baseline);
  }
  std::vector<std::string> operator()(const AttributionCriterion&) const {
    return measured_or_reviewed(ReviewSubject::attribution);
  }
  std::vector<std::string> operator()(const GainCriterion&) const { return measured_again(); }
  std::vector<std::string> operator()(const DecisionCriterion&) const {
    return of_each([this](const std::string& attempt) { return confirmed_decision(attempt); });
  }
  std::vector<std::string> operator()(const AdoptionCriterion&) const {
    return of_each([this](const std::string& adoption) { return confirmed_adoption(adoption); });
  }

  /// Each environment in which it is met needs somebody else's word on that environment.
  std::vector<std::string> operator()(const TargetCriterion& criterion) const {
    std::vector<std::string> found;
    for (const std::string& held : state_.records) {
      std::vector<std::string> here = target_met_again(criterion.target, environment_of(held));
      if (here.empty()) here = confirmed_reviews(ReviewSubject::target, {held}, criterion.target);
      if (here.empty()) return {};
      found.insert(found.end(), here.begin(), here.end());
    }
    return found;
  }

  std::vector<std::string> operator()(const ClaimCriterion&) const {
    const VerifiedRules rules{.now_ns = declaration_.now_ns, .fresh = kFreshFor};
    for (const ClaimStatus& claim : judged_claims(view_.lab, view_.records, rules)) {
      const bool is_meant = !state_.records.empty() && claim.record.sha256 == state_.records.front();
      if (is_meant && claim.standing == ClaimStanding::verified) return challenges_of(claim.record.sha256);
    }
    return {};
  }

 private:
  [[nodiscard]] std::string environment_of(const std::string& sha256) const {
    for (const RecordSummary& record : view_.records) {
      if (record.sha256 == sha256) return record.environment_name;
    }
    return "";
  }

  /// The record of others by which the target is met in this environment. The limit is that of the whole lab, not the
  /// one that the records of others happen to state.
  [[nodiscard]] std::vector<std::string> target_met_again(const std::string& name,
                                                          const std::string& environment) const {
    std::optional<Target> target;
    for (const TargetStatus& status : targets_in(view_.lab, view_.records)) {
      if (target_name(status.target) == name) target = status.target;
    }
    const std::vector<RecordSummary> records = with_samples(view_, by_others_);
    for (TargetReading& reading : read_targets(view_.lab, records, Date{})) {
      const bool is_here = target && is_same_target(reading.status.target, *target);
      if (!is_here || reading.environment_name != environment) continue;
      reading.status.target.limit = target->limit;
      if (!meets_limit(reading)) continue;
      for (const RecordSummary& record : records) {
        if (record.name == reading.measured_in) return {record.sha256};
      }
    }
    return {};
  }

  /// The criterion holds by the records of others alone, or they challenged the record that shows it and confirmed it.
  [[nodiscard]] std::vector<std::string> measured_again() const {
    const std::vector<RecordSummary> records = with_samples(view_, by_others_);
    const CriterionState again = judge({view_.lab, records}, resolved(view_, criterion_));
    if (again.holds) return again.records;
    for (const std::string& record : state_.records) {
      if (auto found = challenges_of(record); !found.empty()) return found;
      if (auto found = challenges_of(samples_of(record)); !found.empty()) return found;
    }
    return {};
  }

  /// The record with the samples of a gain, whose effect a challenge measures again; empty if the record is no gain.
  [[nodiscard]] std::string samples_of(const std::string& gain) const {
    const auto found = std::find_if(view_.records.begin(), view_.records.end(),
                                    [&gain](const RecordSummary& record) { return record.sha256 == gain; });
    return found == view_.records.end() || found->kind != RecordKind::gain ? "" : found->about;
  }

  /// The same, or others have challenged the baseline that shows it, and confirmed what is asked for.
  [[nodiscard]] std::vector<std::string> measured_or_reviewed(ReviewSubject subject) const {
    if (auto again = measured_again(); !again.empty()) return again;
    return confirmed_reviews(subject, state_.records, "");
  }

  /// Reviews by others of these records, which confirmed what they show.
  [[nodiscard]] std::vector<std::string> confirmed_reviews(ReviewSubject subject, const std::vector<std::string>& held,
                                                           const std::string& target) const {
    std::vector<std::string> found;
    for (const ReviewStatus& review : reviews_in(view_.lab, view_.records, signers_)) {
      const bool is_about = std::any_of(held.begin(), held.end(), [&](const std::string& record) {
        return review.content.record == record || review.content.record == samples_of(record);
      });
      const bool confirms = review.content.subject == subject && review.content.target == target &&
                            review.content.grade == Grade::confirmed &&
                            review.content.independence == Independence::other_actor &&
                            review.vouched == Vouched::by_another && is_by_others(review.record);
      if (is_about && confirms) found.push_back(review.record.sha256);
    }
    return found;
  }

  /// What confirms each of the records that show the criterion; empty if one of them lacks it.
  template <class ConfirmedBy>
  [[nodiscard]] std::vector<std::string> of_each(const ConfirmedBy& confirmed_by) const {
    std::vector<std::string> all;
    for (const std::string& record : state_.records) {
      const std::vector<std::string> found = confirmed_by(record);
      if (found.empty()) return {};
      all.insert(all.end(), found.begin(), found.end());
    }
    return all;
  }

  /// The decision was worked out again, or the effect measured again.
  [[nodiscard]] std::vector<std::string> confirmed_decision(const std::string& attempt) const {
    auto found = confirmed_reviews(ReviewSubject::decision, {attempt}, "");
    return found.empty() ? challenges_of(attempt) : found;
  }

  /// The change was found again. Where nothing but a person's word shows it, its effect was measured again.
  [[nodiscard]] std::vector<std::string> confirmed_adoption(const std::string& sha256) const {
    auto found = confirmed_reviews(ReviewSubject::adoption, {sha256}, "");
    if (!found.empty()) return found;
    for (const RecordSummary& record : view_.records) {
      if (record.sha256 != sha256) continue;
      const Entry entry = read_entry(view_.lab, record);
      const ChangeInRevision& change = std::get<Adoption>(entry.content).of;
      if (change.proof == ChangeProof::person) return challenges_of(change.record);
    }
    return {};
  }

  /// Challenges by others that confirmed what this record states.
  [[nodiscard]] std::vector<std::string> challenges_of(const std::string& record) const {
    std::vector<std::string> found;
    for (const ChallengeStatus& challenge : challenges_in(view_.lab, view_.records, signers_)) {
      const bool confirms = challenge.content.claim == record && challenge.content.result.grade == Grade::confirmed &&
                            counts(challenge) && is_by_others(challenge.record);
      if (confirms) found.push_back(challenge.record.sha256);
    }
    return found;
  }

  [[nodiscard]] bool is_by_others(const RecordSummary& record) const {
    return std::any_of(by_others_.begin(), by_others_.end(),
                       [&record](const RecordSummary& one) { return one.sha256 == record.sha256; });
  }

  const LabView& view_;
  const Criterion& criterion_;
  const CriterionState& state_;
  const Declaration& declaration_;
  Signers signers_;
  std::vector<RecordSummary> by_others_;
};

}  // namespace

std::vector<std::string> confirmations(const LabView& view, const Criterion& criterion, const CriterionState& state,
                                       const Declaration& declaration) {
  return std::visit(Confirmation(view, criterion, state, declaration), criterion.content);
}

}  // namespace assay::record
