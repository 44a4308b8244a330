#pragma once

#include "core/plan.hpp"
#include "core/requirement_change.hpp"
#include "core/result/result.hpp"

namespace assay::attempt {

/// What became of a demand in a later plan.
enum class Edit {
  removed,  ///< nothing of it is asked for
  altered,  ///< something else is asked for in its place, as by somebody who mends a check
};

/// How an attempt left one of its requirements: `held`, `failed`, `open` or `not_evaluated`.
///
/// A check that failed as often in control as in treatment was broken itself, so that mending it is honest; a check
/// that failed more often in treatment is not mended but evaded.
/// \param change  of which requirement and name count; the name as the attempt's own plan has it
[[nodiscard]] EarlierStanding standing_of(const AttemptResult& result, const RequirementChange& change, Edit edit);

}  // namespace assay::attempt
