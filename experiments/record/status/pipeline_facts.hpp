#pragma once

#include <string>
#include <vector>

#include "core/record/gain.hpp"
#include "experiments/record/history/baselines_in_force.hpp"
#include "experiments/record/history/changes.hpp"
#include "experiments/record/history/claims.hpp"
#include "experiments/record/history/hypotheses.hpp"
#include "experiments/record/history/milestones.hpp"
#include "experiments/record/history/questions.hpp"
#include "experiments/record/history/target_readings.hpp"

namespace assay::record {

/// An attempt of an experiment, without its blocks.
struct TriedAttempt {
  RecordSummary summary;
  Record head;
};

/// A cumulative gain and its record.
struct FiledGain {
  RecordSummary summary;
  Gain content;
};

/// Everything that the documents of a measured pipeline say, from the records and nothing else. Nothing in it depends
/// on the clock: claims count as verified at any age, and a relaxed target is relaxed until it is restored.
struct PipelineFacts {
  std::vector<RecordSummary> records;  ///< that people read
  std::vector<BaselineInForce> baselines;
  std::vector<TriedAttempt> attempts;  ///< oldest first; neither comparisons nor challenges
  std::vector<HypothesisHistory> hypotheses;
  std::vector<KeptChange> changes;
  std::vector<std::string> changed_since;  ///< SHA-256 of the baselines since which a change was adopted in
                                           ///< another commit than theirs
  std::vector<TargetReading> targets;      ///< held against the limit itself, also if it is relaxed
  std::vector<ClaimStatus> claims;         ///< that are upheld
  std::vector<OpenQuestion> questions;
  std::vector<FiledGain> gains;  ///< the newest of each experiment in each environment
  std::vector<MilestoneStatus> milestones;
};

/// Whether the lab has anything of a pipeline: a baseline, a change in a revision, a gain or a milestone. Labs without
/// have no documents of one.
[[nodiscard]] bool is_pipeline(const std::vector<RecordSummary>& records);

/// \throws Error if a record cannot be read.
[[nodiscard]] PipelineFacts pipeline_facts(const Lab& lab, std::vector<RecordSummary> records);

}  // namespace assay::record
