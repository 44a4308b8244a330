#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/milestone.hpp"
#include "experiments/record/history/confirmations.hpp"

namespace assay::record {

/// A criterion that held when its milestone was declared done, and does not any more.
struct BrokenCriterion {
  std::string name;
  std::optional<RecordSummary> record;  ///< the first after which it does not hold; std::nullopt if none breaks it
  std::string why;
};

/// A milestone that was declared done.
struct MilestoneStatus {
  RecordSummary record;  ///< of the newest declaration
  MilestoneDone content;
  std::vector<BrokenCriterion> broken;  ///< empty: it still holds
};
/// Every milestone that was declared done, in the order of its newest declaration.
/// \throws Error if a record cannot be read. Cost: judging each broken criterion once for each later record.
[[nodiscard]] std::vector<MilestoneStatus> milestones_in(const Lab& lab, const std::vector<RecordSummary>& records);

/// The entry that declares a milestone done. \throws Error (refused) that lists every criterion which does not hold, or
/// which nobody else has confirmed.
[[nodiscard]] MilestoneDone checked_milestone(const LabView& view, const Milestone& milestone,
                                              const Declaration& declaration);

}  // namespace assay::record
