#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/result/result.hpp"
#include "experiments/formats/field.hpp"

namespace assay::formats {

/// One build as JSON, and back. \throws Error with the JSON pointer of what is wrong.
[[nodiscard]] nlohmann::json build_json(const Build& build);
[[nodiscard]] Build build_at(const Field& place);

}  // namespace assay::formats
