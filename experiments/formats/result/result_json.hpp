#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/formats/field.hpp"

namespace assay::formats {

/// The result's part of docs/formats/result.schema.json: verdict, decision, reason, stop, counts, workloads with
/// metrics, effects, checks and diagnostics, audit, advice. Effects are in percent and times; an unbounded end is null.
[[nodiscard]] nlohmann::json result_json(const AttemptResult& result);
/// Reads what `result_json` wrote, reals to 1e-12. \param plan  the attempt's. \throws Error with the JSON pointer of
/// what is wrong.
[[nodiscard]] AttemptResult parse_result(const Plan& plan, const nlohmann::json& json);
/// The same for a part of a larger document.
[[nodiscard]] AttemptResult result_at(const Plan& plan, const Field& field);

}  // namespace assay::formats
