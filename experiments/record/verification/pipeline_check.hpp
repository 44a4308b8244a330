#pragma once

#include <optional>
#include <vector>

#include "experiments/record/record_list.hpp"
#include "experiments/record/verification/verification.hpp"

namespace assay::record {

/// The first entry of a pipeline that says something else than the records which it names: a gain whose figures are not
/// those of its samples, an adoption or reversion of what is no attempt, a milestone without its evidence.
/// \throws Error if a record cannot be read.
[[nodiscard]] std::optional<Difference> flaw_in_pipeline_entries(const Lab& lab,
                                                                 const std::vector<RecordSummary>& records);

}  // namespace assay::record
