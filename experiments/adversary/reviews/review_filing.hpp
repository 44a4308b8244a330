#pragma once

#include <string>
#include <vector>

#include "core/record/entry.hpp"
#include "core/record/review.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::adversary {

/// A baseline that is challenged, or that is quoted by what is challenged.
struct ReviewedBaseline {
  record::RecordSummary summary;
  Entry entry;  ///< whose content is a baseline
};
/// \throws Error if the record is no baseline.
[[nodiscard]] ReviewedBaseline reviewed_baseline(const record::Lab& lab, const record::RecordSummary& given);
[[nodiscard]] const Baseline& content_of(const ReviewedBaseline& baseline);

/// Adds to the subject, its text, its document and its target what a review begins with: whose record it is about, who
/// challenges it, where, and for which time.
[[nodiscard]] Review begun_review(const record::Lab& lab, const record::RecordSummary& about, Review review,
                                  const attempt::RunOptions& options);
/// The same for a baseline, or for a document that quotes it. \param document  from the lab's root; may be empty
[[nodiscard]] Review begun_review(const record::Lab& lab, const ReviewedBaseline& baseline, ReviewSubject subject,
                                  const std::string& document, const attempt::RunOptions& options);

/// A review that is in the lab's chain.
struct FiledReview {
  Entry entry;  ///< whose content is a review
  std::string sha256;
};
/// The grade of several reviews: that of all their items together.
[[nodiscard]] Grade grade_of_all(const std::vector<FiledReview>& all);
/// Grades the review by its items, and records it with its section in REVIEW.md.
[[nodiscard]] FiledReview file_review(const record::Lab& lab, Review review, const attempt::RunOptions& options);

}  // namespace assay::adversary
