#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiments/record/record_summary.hpp"

namespace assay::record {

/// Maps the hash of a relaxation, question, claim or attempt to the name of the record that settled it.
using Settled = std::map<std::string, std::string>;
[[nodiscard]] Settled settled_in(const std::vector<RecordSummary>& records);
}  // namespace assay::record
