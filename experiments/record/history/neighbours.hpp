#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/result/audit_result.hpp"
#include "experiments/record/history/hypotheses.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::record {

/// A question that is about to be answered, so far as others are held against it.
struct AskedQuestion {
  HypothesisKey key;
  bool simulated = false;
  std::vector<formats::QuestionOutline> outlines;
  std::vector<DifferingContent> contents;  ///< empty if the arms were not looked at yet
  std::vector<std::string> programs;       ///< the same for programs
  MachineIdentity machine;
};
/// The question of a plan whose arms were not looked at yet.
[[nodiscard]] AskedQuestion asked_question(const Plan& plan, const HypothesisKey& key, const MachineIdentity& machine);

/// The records of other questions that this one is close to and that were discarded or are open, one for each of them,
/// oldest question first (docs/methods/neighbours.md). Attempts that were invalid through no fault of treatment, and
/// those before a reopening, bind nobody; nor do comparisons.
/// \param records  all of the lab, oldest first
/// Cost: for each record the product of the lengths of two commands.
[[nodiscard]] std::vector<Neighbour> neighbours_of(const AskedQuestion& question,
                                                   const std::vector<RecordSummary>& records);

}  // namespace assay::record
