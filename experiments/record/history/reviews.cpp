#include "experiments/record/history/reviews.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/record/entry.hpp"
#include "experiments/record/history/baselines_in_force.hpp"
#include "experiments/record/history/known_keys.hpp"

namespace assay::record {
namespace {

bool decides(const ReviewStatus& review) {
  return review.content.grade == Grade::confirmed || review.content.grade == Grade::refuted;
}

bool is_by_another(const ReviewStatus& review) {
  return review.content.independence == Independence::other_actor;
}

const RecordSummary* reviewed_record(const std::vector<RecordSummary>& records, const std::string& sha256) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [&sha256](const RecordSummary& record) { return record.sha256 == sha256; });
  return found == records.end() ? nullptr : &*found;
}

void look_up_review_keys(const Lab& lab, const std::vector<RecordSummary>& records,
                         std::vector<ReviewStatus>& reviews) {
  std::optional<KnownKeys> known;  // starts processes
  for (ReviewStatus& review : reviews) {
    const RecordSummary* const baseline = reviewed_record(records, review.content.record);
    if (review.signing_key.empty() || baseline == nullptr) continue;
    if (!known) known.emplace(lab);
    review.is_key_known = known->was_known(review.signing_key, *baseline);
  }
}

/// As a challenge of a claim, which the rules of standing are written for.
ChallengeStatus as_challenge(const ReviewStatus& review) {
  ChallengeStatus challenge;
  challenge.record = review.record;
  challenge.content.independence = review.content.independence;
  challenge.content.result.grade = review.content.grade;
  challenge.signing_key = review.signing_key;
  challenge.is_key_known = review.is_key_known;
  return challenge;
}

/// The reviews of one thing that count. Those that decide nothing are left, unless all are like that.
std::vector<ChallengeStatus> counted_reviews(const ReviewedThing& thing, const std::vector<ReviewStatus>& reviews) {
  std::vector<ChallengeStatus> all;
  std::optional<ChallengeStatus> last_word;
  for (const ReviewStatus& review : reviews) {
    if (reviewed_by(review.content) != thing) continue;
    all.push_back(as_challenge(review));
    if (decides(review) && is_by_another(review)) last_word = all.back();
  }
  if (thing.subject == ReviewSubject::baseline || !last_word) return all;
  return {*last_word};
}

bool is_replaced_baseline(const std::vector<RecordSummary>& records, const RecordSummary& baseline) {
  return newest_of(records, baseline.kind, {baseline.experiment, baseline.environment_name}) != &baseline;
}

}  // namespace

bool is_review(const RecordSummary& summary) {
  return summary.kind == kind_of(Review{});
}

std::vector<ReviewStatus> reviews_in(const Lab& lab, const std::vector<RecordSummary>& records, KeyHistory keys) {
  std::vector<ReviewStatus> reviews;
  if (std::none_of(records.begin(), records.end(), is_review)) return reviews;
  const std::vector<Signature> signatures = signatures_in(lab);
  for (const RecordSummary& record : records) {
    if (!is_review(record)) continue;
    Entry entry = read_entry(lab, record);
    const auto signature = std::find_if(signatures.begin(), signatures.end(),
                                        [&record](const Signature& one) { return one.record_sha256 == record.sha256; });
    reviews.push_back({.record = record,
                       .content = std::get<Review>(std::move(entry.content)),
                       .signing_key = signature == signatures.end() ? "" : signature->public_key});
    reviews.back().content.samples.reset();
  }
  if (keys == KeyHistory::looked_up) look_up_review_keys(lab, records, reviews);
  return reviews;
}

ReviewedThing reviewed_by(const Review& review) {
  return {review.subject, review.record, review.document, review.target};
}

ClaimStanding standing_of(const ReviewedThing& thing, const std::vector<ReviewStatus>& reviews,
                          const std::vector<std::string>& claimant_keys, const VerifiedRules& rules) {
  return standing_of("", counted_reviews(thing, reviews), claimant_keys, rules);
}

std::vector<ReviewedStatus> judged_reviews(const Lab& lab, const std::vector<RecordSummary>& records,
                                           const VerifiedRules& rules) {
  const std::vector<ReviewStatus> reviews = reviews_in(lab, records, KeyHistory::looked_up);
  std::vector<ReviewedStatus> all;
  if (reviews.empty()) return all;
  const std::vector<Signature> signatures = signatures_in(lab);
  for (const ReviewStatus& review : reviews) {
    const ReviewedThing thing = reviewed_by(review.content);
    const RecordSummary* const baseline = reviewed_record(records, thing.record);
    if (baseline == nullptr) continue;
    if (baseline->kind == kind_of(Baseline{}) && is_replaced_baseline(records, *baseline)) continue;
    auto known =
        std::find_if(all.begin(), all.end(), [&thing](const ReviewedStatus& one) { return one.thing == thing; });
    if (known == all.end()) {
      known = all.insert(all.end(), {.thing = thing, .text = {}, .last = {}});
      known->standing = standing_of(thing, reviews, keys_of(baseline->actor, records, signatures), rules);
    }
    known->text = fmt::format("{} {}", to_string(thing.subject), review.content.text);
    known->last = review.record;
  }
  return all;
}

std::string refuted_in(const ReviewedThing& thing, const std::vector<ReviewStatus>& reviews) {
  std::string name;
  for (const ReviewStatus& review : reviews) {
    if (reviewed_by(review.content) != thing || !decides(review) || !is_by_another(review)) continue;
    name = review.content.grade == Grade::refuted ? review.record.name : "";
  }
  return name;
}

}  // namespace assay::record
