#include "experiments/record/history/settlements.hpp"

#include <set>
#include <string_view>

#include "core/record/entry.hpp"

namespace assay::record {

Settled settled_in(const std::vector<RecordSummary>& records) {
  std::set<std::string_view> attempts;
  for (const RecordSummary& record : records) {
    if (is_attempt(record)) attempts.insert(record.sha256);
  }
  Settled settled;
  for (const RecordSummary& record : records) {
    // What an attempt states may be withdrawn, but its decision is settled by an acceptance only.
    const bool counts = record.kind == RecordKind::acceptance || !attempts.contains(record.settles);
    if (!record.settles.empty() && counts) settled.emplace(record.settles, record.name);
  }
  return settled;
}

}  // namespace assay::record
