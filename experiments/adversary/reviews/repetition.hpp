#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/record/refusal.hpp"
#include "experiments/adversary/challenge.hpp"
#include "experiments/adversary/fresh_copy.hpp"
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

/// How measuring again ended. An interrupted one leaves nothing.
using RepetitionEnding = std::variant<Baseline, campaign::BaselineInterrupted, Refusal>;

/// Measures every cell, and removes the copy. \throws Error if the arm cannot be built or set up.
[[nodiscard]] RepetitionEnding measure_again(const Repetition& repetition, const ChallengeOptions& options,
                                             attempt::Observer& observer);

/// What was done, for a review: "a fresh clone at ...", "12 trials of 2 cells under a new seed".
[[nodiscard]] std::vector<std::string> work_of(const Repetition& repetition, const Baseline& again);

}  // namespace assay::adversary
