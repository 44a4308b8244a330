#pragma once

#include <vector>

#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/adversary/suspicion/mark.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::adversary {

/// An attempt as far as the others are held against it: without its blocks.
struct FiledAttempt {
  record::RecordSummary summary;
  Plan plan;
  AttemptResult result;
};

/// What the records of a lab contradict in each other: attempts that are missing, that spent the same share of alpha or
/// have the same random draws, and plans that ask for less than an earlier one, or for the same in other words.
/// \param records  all of the lab, oldest first
/// \param attempts  in the same order
[[nodiscard]] std::vector<Suspicion> chain_marks(const std::vector<record::RecordSummary>& records,
                                                 const std::vector<FiledAttempt>& attempts);

}  // namespace assay::adversary
