#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/audit_result.hpp"

namespace assay::decide {

/// An improvement of one comparison's primary metric.
struct ClaimedImprovement {
  std::size_t cell = 0;
  std::size_t metric = 0;
  ArmIndex treatment = 1;
  double effect = 0;  ///< on the analysis scale
};

/// What trials that nothing announced say against an improvement.
enum class UnannouncedContradiction {
  treatment_is_worse,  ///< than in every measured trial
  control_is_better,
};

/// All trials of an arm that nothing announced lie beyond every measured trial of that arm, towards worse for treatment
/// or better for control, by more than half of the effect. No arm is blamed for what the other one shows as well, which
/// is the place. Empty otherwise, and if there are none.
[[nodiscard]] std::optional<UnannouncedContradiction> unannounced_contradiction(const Plan& plan,
                                                                                const ClaimedImprovement& claim,
                                                                                std::span<const Block> blocks,
                                                                                const AuditResult& audit);

/// The same as a sentence for people.
[[nodiscard]] std::string contradiction_text(const Plan& plan, const ClaimedImprovement& claim,
                                             UnannouncedContradiction found);

}  // namespace assay::decide
