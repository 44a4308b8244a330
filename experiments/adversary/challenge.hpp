#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/record/entry.hpp"
#include "experiments/adversary/challenge_plan.hpp"
#include "experiments/adversary/challenge_target.hpp"
#include "experiments/adversary/fresh_copy.hpp"
#include "experiments/adversary/independence.hpp"
#include "experiments/attempt/experiment.hpp"

namespace assay::adversary {

/// How a challenge is to be run.
struct ChallengeOptions {
  std::optional<int> cap;                    ///< blocks; std::nullopt: as `challenge_cap` says
  std::vector<Workload> own_workloads = {};  ///< of the challenger: measured beside the claim's, graded beside it
  bool vigilant = false;                     ///< trials after the last block look for programs that notice measuring
  attempt::RunOptions running;               ///< actor, environment, patience, signals
};

/// A challenge that is about to run: nothing of it has been built or started.
struct PreparedChallenge {
  record::Lab lab;
  ChallengeTarget target;
  std::string challenger;
  Independence independence = Independence::other_actor;
  FreshCopy copy;
  Plan plan;
  std::vector<ReviewFinding> findings;  ///< in the change from control to treatment
  bool is_resumed = false;              ///< it takes up one that was interrupted
};

/// Makes the fresh copy and the plan. \throws Error (invalid) if something that the claim needs is missing.
[[nodiscard]] PreparedChallenge prepare_challenge(const record::Lab& lab, ChallengeTarget target,
                                                  const ChallengeOptions& options);
/// Removes the copy of a challenge that is not run.
void abandon(const PreparedChallenge& prepared) noexcept;

/// A challenge with its grade: the record of its samples and the entry that both documents quote.
struct GradedChallengeEntry {
  Entry entry;
  std::string record;                       ///< name of the record with the samples
  std::optional<attempt::Outcome> outcome;  ///< std::nullopt: it was measured before, and only its entry was missing
};
/// The time that the blocks would take which an inconclusive challenge lacks, by those of the claim's cell;
/// std::nullopt if none are named, or no blocks are at hand.
[[nodiscard]] std::optional<double> seconds_needed(const GradedChallengeEntry& graded);
/// How a challenge ended. An interrupted one goes on if it is asked for again.
using ChallengeEnding = std::variant<GradedChallengeEntry, attempt::Interrupted, Refusal>;

/// Measures, records and grades. The copy is removed unless the challenge was interrupted.
/// \throws Error (invalid) if an arm cannot be built or set up: nothing is graded then.
[[nodiscard]] ChallengeEnding run_challenge(const PreparedChallenge& prepared, const ChallengeOptions& options,
                                            attempt::Observer& observer);

/// Files the entry of a challenge that was measured and recorded before the process was killed; std::nullopt if there
/// is no such challenge.
[[nodiscard]] std::optional<GradedChallengeEntry> finish_recorded_challenge(const record::Lab& lab,
                                                                            const ChallengeTarget& target,
                                                                            const ChallengeOptions& options);

/// Ends an interrupted challenge of this claim: what was measured is recorded and stays inconclusive. Its copy is
/// removed. \throws Error (refused) if none is open on this machine.
[[nodiscard]] ChallengeEnding close_challenge(const record::Lab& lab, const ChallengeTarget& target,
                                              const ChallengeOptions& options, attempt::Observer& observer);

}  // namespace assay::adversary
