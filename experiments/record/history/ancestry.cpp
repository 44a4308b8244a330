#include "experiments/record/history/ancestry.hpp"

namespace assay::record {

Ancestry::Ancestry(const std::vector<RecordSummary>& records) {
  for (const RecordSummary& record : records) by_hash_.emplace(record.sha256, &record);
}

Ancestry::Known Ancestry::known_to(const RecordSummary& later) const {
  Known known{.of = later.sha256, .hashes = {}};
  std::vector<const RecordSummary*> open = {&later};
  while (!open.empty()) {
    const RecordSummary& record = *open.back();
    open.pop_back();
    for (const std::string& parent : record.parents) {
      const auto found = by_hash_.find(parent);
      if (found == by_hash_.end()) {
        known.is_broken = true;
      } else if (known.hashes.insert(found->first).second) {
        open.push_back(found->second);
      }
    }
  }
  return known;
}

bool Ancestry::knows(const RecordSummary& later, const RecordSummary& earlier) const {
  if (last_.of != later.sha256) last_ = known_to(later);
  return last_.hashes.contains(earlier.sha256) || (last_.is_broken && earlier.number < later.number);
}

}  // namespace assay::record
