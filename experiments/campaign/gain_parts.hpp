#pragma once

#include <string>
#include <vector>

#include "experiments/record/history/criteria.hpp"

namespace assay::campaign {

/// Which of the changes that were adopted since a baseline a commit holds.
struct GainParts {
  std::vector<std::string> held;      ///< SHA-256 of the records of the attempts
  std::vector<std::string> left_out;  ///< each other one, in a sentence: "the change that 0003-adoption adopted ..."
};

/// A commit holds a change if it is found there as it was when it was adopted. It holds it, too, if a later adoption
/// changed the same place again, such as the same file, and took the change over: what the later change was measured
/// against is what the earlier one brought, or a person vouched for the later one, which the commit follows. If both
/// were measured against something else, only the later one is held.
/// \throws Error if a record or the repository cannot be read.
[[nodiscard]] GainParts gain_parts(const record::LabView& view, const record::RecordSummary& baseline,
                                   const std::string& commit);

}  // namespace assay::campaign
