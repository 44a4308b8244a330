#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/record/milestone.hpp"
#include "experiments/adversary/challenge.hpp"
#include "experiments/adversary/reviews/baseline_challenge.hpp"
#include "experiments/adversary/reviews/target_challenge.hpp"

namespace assay::adversary {

/// A criterion that cannot be challenged as it stands.
struct NothingToChallenge {
  std::string why;
};
/// What was worked out again from records, the document or the repository. It runs nothing and is only to be filed,
/// which renders the documents anew.
struct FinishedReading {
  Review review;
};

/// One challenge of a criterion, which is about to run.
struct CriterionChallenge {
  Criterion criterion;
  std::string what;  ///< "baseline 0003-baseline"
  std::variant<NothingToChallenge, FinishedReading, PreparedBaselineChallenge, PreparedTargetChallenge,
               PreparedChallenge>
      prepared;
};

/// The challenges of all criteria, in order; a criterion that several records show has one for each.
///
/// - baseline: every cell is measured again
/// - attribution: every rank, share and lever is computed again
/// - target: the arm that stands is measured again in the target's cell
/// - claim: it is measured again
/// - gain: for each cell, the near end of its interval is measured again as a claim
/// - decided: the effect of a kept attempt is measured again as a claim; any other decision is worked out again
/// - adopted: the change is looked for in HEAD
///
/// A criterion that does not hold by the records, or whose challenge cannot be prepared, has nothing to challenge.
[[nodiscard]] std::vector<CriterionChallenge> prepare_milestone_challenge(const record::Lab& lab,
                                                                          const Milestone& milestone,
                                                                          const ChallengeOptions& options);
/// What the challenges will run, each once.
[[nodiscard]] std::vector<std::string> foreign_commands(const std::vector<CriterionChallenge>& challenges);
/// Removes the copies of challenges that are not run.
void abandon(const std::vector<CriterionChallenge>& challenges) noexcept;

/// What a challenge of a criterion came to.
struct CriterionGrade {
  std::string criterion;  ///< its name
  std::string what;
  Grade grade = Grade::invalid;
  std::string entry;  ///< name of the record; empty: there is none
  std::string why;    ///< in one line
};
/// The worst of all grades: refuted and exaggerated before invalid before inconclusive.
[[nodiscard]] Grade worst_grade(const std::vector<CriterionGrade>& grades);

/// Somebody asked to stop.
struct MilestoneInterrupted {};
using CriterionEnding = std::variant<CriterionGrade, MilestoneInterrupted, Refusal>;

/// Runs one challenge and records what it came to. An arm that cannot be built makes its own criterion invalid, and no
/// other.
[[nodiscard]] CriterionEnding run_criterion(const record::Lab& lab, const CriterionChallenge& challenge,
                                            const ChallengeOptions& options, attempt::Observer& observer);

}  // namespace assay::adversary
