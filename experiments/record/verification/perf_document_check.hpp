#pragma once

#include <optional>
#include <vector>

#include "experiments/record/record_list.hpp"
#include "experiments/record/verification/verification.hpp"

namespace assay::record {

/// The first section of docs/perf that is missing, belongs to no record, or does not say what its record says: a figure
/// in it is computed again from the record's trials. \throws Error if a record or document cannot be read.
[[nodiscard]] std::optional<Difference> flaw_in_perf_documents(const Lab& lab,
                                                               const std::vector<RecordSummary>& records);

}  // namespace assay::record
