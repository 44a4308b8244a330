#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/requirement_change.hpp"
#include "core/result/result.hpp"

namespace assay::attempt {

/// An attempt that was made before, as far as later ones are held against it.
struct EarlierAttempt {
  std::string name;  ///< "0001-readiness-poll", or "attempt 1" if it has no record
  Plan plan;
  AttemptResult result;
};

/// What a plan asks for otherwise than earlier attempts at the same hypothesis did, in the order of the enumeration.
/// Each requirement is held against the attempt that binds most: that asked for most of it, or left it unmet. Attempts
/// without a complete block bind nobody. What somebody allowed for an earlier attempt is allowed for this one.
/// \param earlier  oldest first
[[nodiscard]] std::vector<RequirementChange> requirement_changes(const Plan& plan,
                                                                 const std::vector<EarlierAttempt>& earlier);

/// Enters the reason at each change that the allowance covers.
/// \throws Error if it names something that is not among the changes.
void allow(std::vector<RequirementChange>& changes, const Allowance& allowance);

}  // namespace assay::attempt
