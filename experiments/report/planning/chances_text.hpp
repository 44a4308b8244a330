#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "experiments/planning/chances.hpp"

namespace assay::report {

/// A table with a row for each effect: the share of each verdict, and the blocks and time that it takes.
[[nodiscard]] std::string chances_text(const planning::Chances& chances);
[[nodiscard]] nlohmann::json chances_json(const planning::Chances& chances);

/// Why the chances of the plan are not simulated, as a clause.
[[nodiscard]] std::string unplayable_text(planning::Unplayable reason, const Plan& plan);

}  // namespace assay::report
