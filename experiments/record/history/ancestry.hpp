#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/record_summary.hpp"

namespace assay::record {

/// What each record could know: all records before it on its own branches. Numbers do not tell, since two merged labs
/// have records with equal numbers.
class Ancestry {
 public:
  /// \param records  all of the lab, also those that people do not read; must outlive this
  /// Cost: O(n log n).
  explicit Ancestry(const std::vector<RecordSummary>& records);

  /// Whether `earlier` is among the records that `later` follows. If a record on the way is gone, the numbers tell:
  /// none is given twice on one branch. Cost: O(n log n) for each `later` that differs from that of the call before,
  /// else O(log n).
  [[nodiscard]] bool knows(const RecordSummary& later, const RecordSummary& earlier) const;

 private:
  struct Known {
    std::string of;          ///< SHA-256 of the record whose ancestors these are; empty: none was asked for yet
    bool is_broken = false;  ///< a parent is not in the lab
    std::set<std::string_view> hashes;
  };
  [[nodiscard]] Known known_to(const RecordSummary& later) const;

  std::map<std::string_view, const RecordSummary*> by_hash_;
  mutable Known last_;
};

}  // namespace assay::record
