#pragma once

#include <vector>

#include "experiments/record/lab.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::record {

/// All records in the lab, of every kind, oldest first. \throws Error that names a file which is not a record.
[[nodiscard]] std::vector<RecordSummary> list_records(const Lab& lab);

}  // namespace assay::record
