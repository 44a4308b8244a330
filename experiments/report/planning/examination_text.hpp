#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "experiments/planning/examination.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// What to do about a condition that disturbs measuring, in a clause.
[[nodiscard]] std::string_view advice_on(ConditionKind kind);

/// Whether the machine is fit to measure on, in one line.
[[nodiscard]] std::string examination_sentence(const planning::Examination& examination);
/// For people: the conditions that matter, what measuring costs, which metric decides fastest, control against itself.
[[nodiscard]] std::string examination_text(const planning::Examination& examination, const TextStyle& style);
/// For programs.
[[nodiscard]] nlohmann::json examination_json(const planning::Examination& examination);

}  // namespace assay::report
