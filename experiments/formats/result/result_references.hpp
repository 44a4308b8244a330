#pragma once

#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/formats/field.hpp"

namespace assay::formats {

/// Completes a result that was read: what it names in the plan (cells, arms, metrics) is found there.
/// \param field  the result's, for the place of a name that the plan does not have. \throws Error with it
void find_references(AttemptResult& result, const Plan& plan, const Field& field);

}  // namespace assay::formats
