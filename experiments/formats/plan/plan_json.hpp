#pragma once

#include <string>
#include <string_view>

#include "core/plan.hpp"
#include "experiments/formats/field.hpp"

namespace assay::formats {

/// The plan as canonical JSON (docs/formats/plan.md): what is hashed, journalled and recorded.
[[nodiscard]] std::string plan_json(const Plan& plan);
/// The plan that `plan_json` wrote. \throws Error with the JSON pointer of what is wrong.
[[nodiscard]] Plan parse_plan(std::string_view json);
/// Likewise, where it is part of a document that was parsed.
[[nodiscard]] Plan plan_at(const Field& field);

}  // namespace assay::formats
