#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/formats/field.hpp"

namespace assay::formats {

/// The race of all levels in one cell, with its table (docs/formats/result.md).
[[nodiscard]] nlohmann::json search_json(const LevelSearch& search);
/// \param plan  has the cell, the levels and the metrics.
[[nodiscard]] LevelSearch search_at(const Plan& plan, const Field& place);

}  // namespace assay::formats
