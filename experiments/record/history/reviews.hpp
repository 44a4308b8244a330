#pragma once

#include <string>
#include <vector>

#include "core/record/review.hpp"
#include "experiments/record/history/challenges.hpp"

namespace assay::record {

/// A review and whether somebody vouches for it.
struct ReviewStatus {
  RecordSummary record;
  Review content;                        ///< without its samples
  Vouched vouched = Vouched::by_nobody;  ///< against whoever recorded what it is about
};

/// Whether the record is a review.
[[nodiscard]] bool is_review(const RecordSummary& summary);

/// All reviews, oldest first. \param records  all of the lab
/// \throws Error if an entry or a signature cannot be read.
[[nodiscard]] std::vector<ReviewStatus> reviews_in(const Lab& lab, const std::vector<RecordSummary>& records,
                                                   const Signers& signers);

/// What reviews are about: a record, a document that quotes it, or a target that it met.
struct ReviewedThing {
  ReviewSubject subject = ReviewSubject::baseline;
  std::string record;    ///< SHA-256
  std::string document;  ///< empty if none was read
  std::string target;    ///< empty if it is about none
  friend auto operator<=>(const ReviewedThing&, const ReviewedThing&) = default;
};
[[nodiscard]] ReviewedThing reviewed_by(const Review& review);

/// What the reviews of one thing have come to, as for a claim. Each review of a baseline counts, and if they differ it
/// is disputed. Anything else can be mended, so only the last review of it counts that decided something: that of
/// somebody whose signature counts, if there is one.
[[nodiscard]] JudgedStanding standing_of(const ReviewedThing& thing, const std::vector<ReviewStatus>& reviews,
                                         const VerifiedRules& rules);

/// A baseline in force, or a document that quotes one, that somebody has challenged.
struct ReviewedStatus {
  ReviewedThing thing;
  std::string text;  ///< "baseline deploy in local: ..."
  RecordSummary last;
  ClaimStanding standing = ClaimStanding::unchallenged;
  int passed_over = 0;  ///< reviews that do not count beside those that give it its standing
};
/// In the order in which they were first challenged. Baselines that were replaced are left out.
[[nodiscard]] std::vector<ReviewedStatus> judged_reviews(const Lab& lab, const std::vector<RecordSummary>& records,
                                                         const VerifiedRules& rules);

/// The name of the last review by another actor if it refutes this; empty if none does. Where reviews are signed by
/// others, only those are asked.
[[nodiscard]] std::string refuted_in(const ReviewedThing& thing, const std::vector<ReviewStatus>& reviews);

}  // namespace assay::record
