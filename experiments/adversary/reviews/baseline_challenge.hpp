#pragma once

#include <variant>

#include "experiments/adversary/challenge.hpp"
#include "experiments/adversary/reviews/repetition.hpp"
#include "experiments/adversary/reviews/review_filing.hpp"

namespace assay::adversary {

/// A challenge of a baseline that is about to run: nothing of it has been built or started.
struct PreparedBaselineChallenge {
  record::Lab lab;
  ReviewedBaseline target;
  Repetition repetition;
  Review review;
};

/// \throws Error as `prepare_repetition` does, or if the record is no baseline.
[[nodiscard]] PreparedBaselineChallenge prepare_baseline_challenge(const record::Lab& lab,
                                                                   const record::RecordSummary& given,
                                                                   const ChallengeOptions& options);

/// Measures every cell again, holds it against the baseline (`record::baseline_items`) and records the review with all
/// samples. The copy is removed. \throws Error if the arm cannot be built or set up: nothing is graded then.
[[nodiscard]] ReviewEnding run_baseline_challenge(const PreparedBaselineChallenge& prepared,
                                                  const ChallengeOptions& options, attempt::Observer& observer);

}  // namespace assay::adversary
