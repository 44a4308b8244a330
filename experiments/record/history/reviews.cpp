#include "experiments/record/history/reviews.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/record/entry.hpp"
#include "experiments/record/history/baselines_in_force.hpp"
#include "experiments/record/record_search.hpp"

namespace assay::record {
namespace {

bool decides(const ReviewStatus& review) {
  return review.content.grade == Grade::confirmed || review.content.grade == Grade::refuted;
}

bool is_by_another(const ReviewStatus& review) {
  return review.content.independence == Independence::other_actor;
}

/// As a challenge of a claim, which the rules of standing are written for.
ChallengeStatus as_challenge(const ReviewStatus& review) {
  ChallengeStatus challenge;
  challenge.record = review.record;
  challenge.content.independence = review.content.independence;
  challenge.content.result.grade = review.content.grade;
  challenge.vouched = review.vouched;
  return challenge;
}

/// The last word on one thing by another actor; the word of somebody whose signature counts goes before.
const ReviewStatus* last_word_on(const ReviewedThing& thing, const std::vector<ReviewStatus>& reviews) {
  const ReviewStatus* last = nullptr;
  for (const ReviewStatus& review : reviews) {
    if (reviewed_by(review.content) != thing || !decides(review) || !is_by_another(review)) continue;
    const bool is_passed_over =
        last != nullptr && last->vouched == Vouched::by_another && review.vouched != last->vouched;
    if (!is_passed_over) last = &review;
  }
  return last;
}

bool is_replaced_baseline(const std::vector<RecordSummary>& records, const RecordSummary& baseline) {
  return newest_of(records, baseline.kind, {baseline.experiment, baseline.environment_name}) != &baseline;
}

}  // namespace

bool is_review(const RecordSummary& summary) {
  return summary.kind == RecordKind::review;
}

std::vector<ReviewStatus> reviews_in(const Lab& lab, const std::vector<RecordSummary>& records,
                                     const Signers& signers) {
  std::vector<ReviewStatus> reviews;
  if (std::none_of(records.begin(), records.end(), is_review)) return reviews;
  for (const RecordSummary& record : records) {
    if (!is_review(record)) continue;
    Entry entry = read_entry(lab, record);
    auto content = std::get<Review>(std::move(entry.content));
    content.samples.reset();
    const RecordSummary* const about = record_with(records, content.record);
    std::vector<std::string> names{content.claimant};
    if (about != nullptr) names = claimant_names(lab, records, *about);
    const Vouched vouched = signers.vouched_for(record, {.names = std::move(names), .stated_in = about});
    reviews.push_back({.record = record, .content = std::move(content), .vouched = vouched});
  }
  return reviews;
}

ReviewedThing reviewed_by(const Review& review) {
  return {review.subject, review.record, review.document, review.target};
}

JudgedStanding standing_of(const ReviewedThing& thing, const std::vector<ReviewStatus>& reviews,
                           const VerifiedRules& rules) {
  std::vector<ChallengeStatus> all;
  for (const ReviewStatus& review : reviews) {
    if (reviewed_by(review.content) == thing) all.push_back(as_challenge(review));
  }
  const ReviewStatus* const last = last_word_on(thing, reviews);
  if (thing.subject == ReviewSubject::baseline || last == nullptr) return standing_of("", all, rules);
  JudgedStanding judged = standing_of("", {as_challenge(*last)}, rules);
  if (counts(as_challenge(*last))) {
    judged.passed_over = static_cast<int>(
        std::count_if(all.begin(), all.end(), [](const ChallengeStatus& review) { return !counts(review); }));
  }
  return judged;
}

std::vector<ReviewedStatus> judged_reviews(const Lab& lab, const std::vector<RecordSummary>& records,
                                           const VerifiedRules& rules) {
  const std::vector<ReviewStatus> reviews = reviews_in(lab, records, Signers(lab, KeyHistory::looked_up));
  std::vector<ReviewedStatus> all;
  if (reviews.empty()) return all;
  for (const ReviewStatus& review : reviews) {
    const ReviewedThing thing = reviewed_by(review.content);
    const RecordSummary* const baseline = record_with(records, thing.record);
    if (baseline == nullptr) continue;
    if (baseline->kind == RecordKind::baseline && is_replaced_baseline(records, *baseline)) continue;
    auto known =
        std::find_if(all.begin(), all.end(), [&thing](const ReviewedStatus& one) { return one.thing == thing; });
    if (known == all.end()) {
      known = all.insert(all.end(), {.thing = thing, .text = {}, .last = {}});
      const JudgedStanding judged = standing_of(thing, reviews, rules);
      known->standing = judged.standing;
      known->passed_over = judged.passed_over;
    }
    known->text = fmt::format("{} {}", to_string(thing.subject), review.content.text);
    known->last = review.record;
  }
  return all;
}

std::string refuted_in(const ReviewedThing& thing, const std::vector<ReviewStatus>& reviews) {
  const ReviewStatus* const last = last_word_on(thing, reviews);
  return last != nullptr && last->content.grade == Grade::refuted ? last->record.name : "";
}

}  // namespace assay::record
