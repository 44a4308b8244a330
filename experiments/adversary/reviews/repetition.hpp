#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "core/record/refusal.hpp"
#include "experiments/adversary/challenge.hpp"
#include "experiments/adversary/fresh_copy.hpp"
#include "experiments/adversary/reviews/review_filing.hpp"
#include "experiments/campaign/baseline.hpp"

namespace assay::adversary {

/// One arm that is about to be measured again: nothing has been built or started.
struct Repetition {
  FreshCopy copy;
  Plan plan;     ///< whose first level is the arm's, with the challenger's folder, seed and environment
  int runs = 0;  ///< trials of each cell
};

/// An arm as it was measured before.
struct RepeatedArm {
  Plan plan;             ///< whose first level is the arm's
  std::string what;      ///< in messages: "baseline"
  std::string revision;  ///< empty: HEAD
  int runs = 0;          ///< trials of each cell, so far as they are known
};

/// Clones the revision afresh and makes the plan. There are as many trials of each cell as the arm had, and at least 6,
/// unless the options name another number.
/// \throws Error (invalid) if something is missing; refused if another environment is asked for.
[[nodiscard]] Repetition prepare_repetition(const record::Lab& lab, const RepeatedArm& arm,
                                            const ChallengeOptions& options);

/// How a challenge of one arm ended. An interrupted one recorded nothing.
using ReviewEnding = std::variant<FiledReview, campaign::BaselineInterrupted, Refusal>;

/// What is made of an arm that was measured again.
struct ArmReview {
  Review begun;                        ///< with its subject, as `begun_review` makes it
  std::vector<std::string> not_again;  ///< what the new samples do not tell
  std::function<std::vector<ReviewItem>(const Baseline& again)> items;
};

/// Measures every cell, removes the copy, and files the review with all samples. \throws Error if the arm cannot be
/// built or set up: nothing is graded then.
[[nodiscard]] ReviewEnding measure_and_review(const record::Lab& lab, const Repetition& repetition,
                                              const ArmReview& review, const ChallengeOptions& options,
                                              attempt::Observer& observer);

}  // namespace assay::adversary
