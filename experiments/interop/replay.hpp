#pragma once

#include <vector>

#include "experiments/decide/judged_attempt.hpp"
#include "experiments/design/value_plan.hpp"

namespace assay::interop {

/// One look at more blocks than this would take minutes, since its cost grows with their square.
inline constexpr std::size_t kMostFixedBlocks = 10000;

/// Judges pairs that were measured elsewhere as if they were measured now, one block after the other, with the plan's
/// looks. If the pairs end before the plan does, one last look is taken and the stop is the cap. The audit says that
/// nothing is known of what else differs between the arms, and of their order.
/// \param plan  made by `design::value_plan`.
[[nodiscard]] decide::JudgedAttempt replay(const Plan& plan, const std::vector<design::ValuePair>& pairs);

/// \throws Error with the block if a value is no share: a number from 0 to 1.
void check_shares(const std::vector<design::ValuePair>& pairs);

}  // namespace assay::interop
