#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/metric.hpp"
#include "core/result/result.hpp"
#include "experiments/formats/field.hpp"

namespace assay::formats {

// An effect in the words of docs/formats/result.md: percent of control and times for a positive metric, the difference
// in the metric's unit for the others; an end that nothing bounds is null. Each second function reads what the first
// wrote and throws Error with the JSON pointer of what is wrong.

[[nodiscard]] nlohmann::json effect_json(const Metric& metric, const Effect& effect);
[[nodiscard]] Effect effect_at(const Metric& metric, const Field& place);

[[nodiscard]] nlohmann::json equivalence_json(const Metric& metric, const EquivalenceInterval& equivalence);
[[nodiscard]] EquivalenceInterval equivalence_at(const Metric& metric, const Field& place);

}  // namespace assay::formats
