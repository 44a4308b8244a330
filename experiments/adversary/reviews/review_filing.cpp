#include "experiments/adversary/reviews/review_filing.hpp"

#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/machine.hpp"
#include "experiments/adversary/independence.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/history/reviews.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/report/entries/baseline_words.hpp"
#include "experiments/report/facts.hpp"

namespace assay::adversary {

ReviewedBaseline reviewed_baseline(const record::Lab& lab, const record::RecordSummary& given) {
  if (given.kind != RecordKind::baseline) throw Error(fmt::format("{} is no baseline", given.name));
  return {given, record::read_entry(lab, given)};
}

const Baseline& content_of(const ReviewedBaseline& baseline) {
  return std::get<Baseline>(baseline.entry.content);
}

Review begun_review(const record::Lab& lab, const record::RecordSummary& about, Review review,
                    const attempt::RunOptions& options) {
  review.record = about.sha256;
  review.claimant = about.actor;
  review.environment_name = about.environment_name;
  review.machine = report::machine_text(host::read_machine());
  review.independence = independence_of(lab, record::claimant_names(lab, record::list_records(lab), about),
                                        record::current_actor(options.actor));
  const record::ReviewedThing thing = record::reviewed_by(review);
  for (const record::ReviewStatus& earlier : record::reviews_in(
           lab, record::list_records(lab), record::Signers(lab, record::KeyHistory::taken_for_granted))) {
    if (record::reviewed_by(earlier.content) == thing) ++review.number;
  }
  return review;
}

Review begun_review(const record::Lab& lab, const ReviewedBaseline& baseline, ReviewSubject subject,
                    const std::string& document, const attempt::RunOptions& options) {
  const std::string headline = report::baseline_headline(content_of(baseline));
  Review review;
  review.subject = subject;
  review.text = document.empty() ? headline : fmt::format("{}, {}", document, headline);
  review.document = document;
  return begun_review(lab, baseline.summary, std::move(review), options);
}

FiledReview file_review(const record::Lab& lab, Review review, const attempt::RunOptions& options) {
  review.grade = grade_of(review.items);
  FiledReview filed;
  filed.entry = record::file_entry(lab, options.actor, [&review](const auto&) { return review; });
  for (const record::RecordSummary& record : record::list_records(lab)) {
    if (record.name == entry_name(filed.entry)) filed.sha256 = record.sha256;
  }
  return filed;
}

Grade grade_of_all(const std::vector<FiledReview>& all) {
  std::vector<ReviewItem> items;
  for (const FiledReview& filed : all) {
    const std::vector<ReviewItem>& its = std::get<Review>(filed.entry.content).items;
    items.insert(items.end(), its.begin(), its.end());
  }
  return grade_of(items);
}

}  // namespace assay::adversary
