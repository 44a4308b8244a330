#pragma once

#include <string>
#include <vector>

#include "core/record/entry.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::record {

/// A request to accept what held back the keep of one attempt.
struct AcceptanceRequest {
  RecordSummary attempt;
  std::string reason;
};
/// \throws Error (refused) if nothing that can be accepted held it back, or it was accepted before.
[[nodiscard]] Acceptance checked_acceptance(const std::vector<RecordSummary>& records,
                                            const AcceptanceRequest& request);

}  // namespace assay::record
