#pragma once

#include <string>
#include <vector>

#include "core/record/entry.hpp"
#include "experiments/record/history/hypotheses.hpp"
#include "experiments/record/lab.hpp"

namespace assay::record {

/// A request to reopen a dead end.
struct ReopeningRequest {
  HypothesisKey key;
  std::string assumption;
  std::string reason;
};
/// \throws Error (refused) if it is not a dead end, its experiment did not assume that, or the same assumption was
/// given up to reopen it before.
[[nodiscard]] Reopening checked_reopening(const Lab& lab, const std::vector<RecordSummary>& records,
                                          const ReopeningRequest& request);

}  // namespace assay::record
