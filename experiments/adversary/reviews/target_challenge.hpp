#pragma once

#include <string>

#include "core/record/milestone.hpp"
#include "core/target.hpp"
#include "experiments/adversary/reviews/baseline_challenge.hpp"

namespace assay::adversary {

/// A challenge of a target that is met: nothing of it has been built or started.
struct PreparedTargetChallenge {
  record::Lab lab;
  Target target;
  Repetition repetition;
  Review review;
};

/// What was measured last in the criterion's environment, else in this machine's, is measured again: the arm that
/// stands after that record, in the target's workload and state. \throws Error as `prepare_repetition` does, or if no
/// record has a figure of it.
[[nodiscard]] PreparedTargetChallenge prepare_target_challenge(const record::Lab& lab, const TargetCriterion& criterion,
                                                               const ChallengeOptions& options);

/// Measures, holds the interval against the limit and records the review with all samples.
[[nodiscard]] ReviewEnding run_target_challenge(const PreparedTargetChallenge& prepared,
                                                const ChallengeOptions& options, attempt::Observer& observer);

}  // namespace assay::adversary
