#pragma once

#include <string>
#include <string_view>

#include "core/record/review.hpp"
#include "experiments/report/entries/challenge_text.hpp"

namespace assay::report {

// Words about a challenge of a baseline, an attribution or a document. Foreign text is as it is.

/// "refuted: baseline of deploy in local: 1 workload x 2 states, 6 runs each".
[[nodiscard]] std::string review_headline(const Review& review);
/// "phase pull of site (warm)".
[[nodiscard]] std::string review_item_title(const ReviewItem& item);
/// "it is stated, and was not found"; empty without a fault.
[[nodiscard]] std::string_view fault_text(ReviewFault fault);
/// "phase pull of site (warm): stated 50.0 %, found nothing: it is stated, and was not found".
[[nodiscard]] std::string review_item_text(const ReviewItem& item);
/// "refuted: 1 of 8 does not hold: phase pull of site (warm)": the grade with what it rests on.
[[nodiscard]] std::string review_grade_text(const Review& review);
/// What to do after this grade, in one sentence. \param name  of the review's record
[[nodiscard]] std::string review_next_step(const Review& review, const std::string& name);

/// Its section of REVIEW.md, in Markdown, without its markers. \pre the entry's content is a review
[[nodiscard]] std::string review_subject_section(const Entry& entry, const ReviewContext& context);

}  // namespace assay::report
