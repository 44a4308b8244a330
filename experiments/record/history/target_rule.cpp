#include "experiments/record/history/target_rule.hpp"

namespace assay::record {

std::optional<RefusalReason> loosened_target(const Lab& lab, const std::vector<RecordSummary>& records,
                                             const StatedTargets& file, Date today) {
  const std::vector<LooserTarget> looser = looser_targets(lab, records, file, today);
  if (looser.empty()) return std::nullopt;
  const LooserTarget& first = looser.front();
  return TargetLoosened{.target = first.status.target,
                        .in_force = limit_in_force(first.status, today).value_or(first.status.target.limit),
                        .asked = first.now,
                        .stated_in = first.status.stated_in};
}

}  // namespace assay::record
