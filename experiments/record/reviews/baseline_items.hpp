#pragma once

#include <vector>

#include "core/record/baseline.hpp"
#include "core/record/review.hpp"

namespace assay::record {

/// A baseline as it is stated, and the same cells measured afresh.
struct BaselineRepetition {
  const Baseline& stated;
  const Baseline& again;
};

/// Holds one against the other, cell by cell: the intervals of wall time and of the primary metric have a value in
/// common; each phase of one occurs in the other; in both, phases and the rest add up to the wall time and the wall
/// time is the launcher's, within 1 %. docs/methods/claims.md
[[nodiscard]] std::vector<ReviewItem> baseline_items(const BaselineRepetition& repetition);

}  // namespace assay::record
