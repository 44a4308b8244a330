#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/text/date.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/history/changes.hpp"
#include "experiments/record/history/claims.hpp"
#include "experiments/record/history/hypotheses.hpp"
#include "experiments/record/history/questions.hpp"
#include "experiments/record/history/reviews.hpp"
#include "experiments/record/history/swapped_files.hpp"
#include "experiments/record/history/target_readings.hpp"
#include "experiments/record/status/pipeline_facts.hpp"

namespace assay::record {

/// A challenge that was interrupted on this machine and can go on.
struct OpenChallenge {
  RecordSummary of;  ///< that states what is challenged
  int blocks = 0;    ///< that it has, of the claim's workload
  int cap = 0;
};

/// The state of a lab on one day.
struct LabStatus {
  std::string root;
  Date today;
  std::vector<RecordSummary> records;
  std::vector<HypothesisHistory> hypotheses;
  std::vector<KeptChange> changes;             ///< that were kept
  std::vector<std::string> open_attempts;      ///< names of experiments that were interrupted on this machine
  std::vector<OpenChallenge> open_challenges;  ///< that have a block
  std::vector<RecordSummary> openings;         ///< of attempts that have neither a record nor a journal here
  std::vector<SwappedFile> swapped_files;
  bool is_journal_closed = false;  ///< this user may not write the journal, so nobody knows what was interrupted
  std::vector<TargetReading> targets;
  std::vector<OpenQuestion> questions;
  std::vector<RecordSummary> gates;       ///< the newest of each environment
  std::vector<ClaimStatus> claims;        ///< that are upheld, with their standing, challenged records among them
  std::vector<ReviewedStatus> reviewed;   ///< baselines in force and documents that somebody has challenged
  VerifiedRules verified;                 ///< by which the claims' standing was found
  std::optional<PipelineFacts> pipeline;  ///< set if the lab has anything of a pipeline
  int verified_lately = 0;                ///< claims that were confirmed within `kFreshFor`, with a signature
};
/// \param verified  what makes a claim count as verified
/// \throws Error if a record or the journal cannot be read.
[[nodiscard]] LabStatus read_status(const Lab& lab, Date today, const VerifiedRules& verified = {});

/// Experiments with an attempt that has blocks and has not ended, as this machine's journal knows. Empty if there is no
/// journal, or this user may not write it. \throws Error if the journal cannot be read.
[[nodiscard]] std::vector<std::string> open_experiments(const Lab& lab);

/// Whether the claim is refuted, exaggerated, disputed or invalid, was confirmed too long ago or without a signature,
/// or its day is past. If claims are to be confirmed afresh, also whether nobody has decided it yet.
[[nodiscard]] bool needs_attention(const ClaimStatus& claim, const LabStatus& status);

/// The same of a baseline or a document that was challenged.
[[nodiscard]] bool needs_attention(const ReviewedStatus& reviewed, const LabStatus& status);

/// Whether the hypothesis was tried, is not decided for good, and has attempts left.
[[nodiscard]] bool may_be_tried_again(const HypothesisHistory& history);
/// Whether it may be tried again and its last attempt was not discarded.
[[nodiscard]] bool is_undecided(const HypothesisHistory& history);
/// Whether a milestone holds no longer, a change must be reverted, something is relaxed, undecided, interrupted or left
/// swapped, or a question or a claim is open past its day. A target that is only best effort does not count.
[[nodiscard]] bool needs_attention(const LabStatus& status);
/// Each reason for which the lab needs attention, in a line for people: "target wall of work is relaxed".
[[nodiscard]] std::vector<std::string> attention_reasons(const LabStatus& status);
/// How many targets miss the limit that is in force; those that are only best effort are left out.
[[nodiscard]] int missed_targets(const LabStatus& status);

}  // namespace assay::record
