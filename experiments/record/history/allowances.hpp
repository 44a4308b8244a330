#pragma once

#include <vector>

#include "experiments/record/record_store.hpp"

namespace assay::record {

/// Somebody has allowed a finding.
struct AllowanceStatus {
  RecordSummary record;
  AllowedFinding content;
};
/// All allowances, oldest first. \throws Error if an entry cannot be read.
[[nodiscard]] std::vector<AllowanceStatus> allowances_in(const Lab& lab, const std::vector<RecordSummary>& records);

}  // namespace assay::record
