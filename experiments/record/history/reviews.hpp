#pragma once

#include <string>
#include <vector>

#include "core/record/review.hpp"
#include "experiments/record/history/challenges.hpp"

namespace assay::record {

/// A review and who signed it.
struct ReviewStatus {
  RecordSummary record;
  Review content;            ///< without its samples
  std::string signing_key;   ///< hexadecimal; empty: it is not signed
  bool is_key_known = true;  ///< it was in the lab before the baseline was recorded, so far as git can tell
};

/// Whether the record is a review.
[[nodiscard]] bool is_review(const RecordSummary& summary);

/// Whether it was known before the baseline, which takes git and a repository, or taken for granted.
enum class KeyHistory { looked_up, taken_for_granted };
/// All reviews, oldest first. \throws Error if an entry or a signature cannot be read.
[[nodiscard]] std::vector<ReviewStatus> reviews_in(const Lab& lab, const std::vector<RecordSummary>& records,
                                                   KeyHistory keys);

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
/// is disputed. Anything else can be mended, so only the last review of it counts that decided something.
/// \param claimant_keys  hexadecimal: keys of whoever recorded the baseline; they verify nothing
[[nodiscard]] ClaimStanding standing_of(const ReviewedThing& thing, const std::vector<ReviewStatus>& reviews,
                                        const std::vector<std::string>& claimant_keys, const VerifiedRules& rules);

/// A baseline in force, or a document that quotes one, that somebody has challenged.
struct ReviewedStatus {
  ReviewedThing thing;
  std::string text;  ///< "baseline deploy in local: ..."
  RecordSummary last;
  ClaimStanding standing = ClaimStanding::unchallenged;
};
/// In the order in which they were first challenged. Baselines that were replaced are left out.
[[nodiscard]] std::vector<ReviewedStatus> judged_reviews(const Lab& lab, const std::vector<RecordSummary>& records,
                                                         const VerifiedRules& rules);

/// The name of the last review by another actor if it refutes this; empty if none does.
[[nodiscard]] std::string refuted_in(const ReviewedThing& thing, const std::vector<ReviewStatus>& reviews);

}  // namespace assay::record
