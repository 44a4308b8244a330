#pragma once

#include <string>

#include "experiments/attempt/experiment.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::attempt {

/// What is kept of a comparison.
enum class Keep {
  nothing,
  record,  ///< a record in the lab, and its entry in DECISIONS.md
};

/// A comparison that no file states.
struct ComparisonRequest {
  definition::Definition definition;
  std::string folder;  ///< absolute; relative paths and commands start here
  Keep keep = Keep::nothing;
};

/// Runs a comparison to its verdict: exploratory, so with all of alpha each time. It may hold something against itself.
/// An interrupted comparison is not taken up again. Its blocks go to the journal of the lab above `folder`, if there is
/// one; without a lab there is nowhere to keep a record, so that is refused.
/// \throws Error if an arm cannot be built or set up, a part of it is missing, or the lab cannot be written.
[[nodiscard]] Ending run_comparison(const ComparisonRequest& comparison, const RunOptions& options, Observer& observer);

}  // namespace assay::attempt
