#include "experiments/record/history/settlements.hpp"

namespace assay::record {

Settled settled_in(const std::vector<RecordSummary>& records) {
  Settled settled;
  for (const RecordSummary& record : records) {
    if (!record.settles.empty()) settled.emplace(record.settles, record.name);
  }
  return settled;
}

}  // namespace assay::record
