#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "experiments/planning/aa_result.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// What both attempts show together, in one line.
[[nodiscard]] std::string self_comparison_sentence(const planning::SelfComparison& comparison);
[[nodiscard]] std::string self_comparison_text(const planning::SelfComparison& comparison, const TextStyle& style);
[[nodiscard]] nlohmann::json self_comparison_json(const planning::SelfComparison& comparison);

}  // namespace assay::report
