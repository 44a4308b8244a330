#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"
#include "experiments/formats/described.hpp"

namespace assay::formats {

/// What one treatment asks in one workload, so far as other words for the same are to be recognised: programs that only
/// start another one are taken off, and what both arms have in common is not part of the levels.
struct QuestionOutline {
  std::string levels;                ///< what differs between control and this treatment, as canonical JSON
  std::vector<std::string> command;  ///< what both run; "{}" stands for words that differ
  std::vector<std::string> hooks;    ///< "prepare: ./reset.sh"
  std::string treatment_tree = {};   ///< git's object id of treatment's sources; empty if it has none
  friend bool operator==(const QuestionOutline&, const QuestionOutline&) = default;
};

/// One outline for each workload and treatment, without repetitions. A treatment that does not differ from control has
/// none.
[[nodiscard]] std::vector<QuestionOutline> question_outlines(const Plan& plan);

template <>
const Description& description_of<QuestionOutline>();

}  // namespace assay::formats
