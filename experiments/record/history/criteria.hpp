#pragma once

#include <string>
#include <vector>

#include "core/record/milestone.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// A lab as far as some of its records tell.
struct LabView {
  const Lab& lab;
  const std::vector<RecordSummary>& records;  ///< oldest first
};

/// Whether a criterion holds, by the records and by nothing else: it does not depend on the clock.
struct CriterionState {
  bool holds = false;
  std::string why;                   ///< it does not: "no baseline of deploy in local"
  std::vector<std::string> records;  ///< SHA-256 of those that show it
};
/// The criterion as it is meant among all records of the lab: whatever it leaves to them is named, so that it means the
/// same when it is judged by some of them.
[[nodiscard]] Criterion resolved(const LabView& view, Criterion criterion);
/// docs/formats/milestones.md \throws Error if a record cannot be read.
[[nodiscard]] CriterionState judge(const LabView& view, const Criterion& criterion);

}  // namespace assay::record
