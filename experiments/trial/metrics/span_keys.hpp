#pragma once

#include <nlohmann/json_fwd.hpp>

#include "experiments/trial/metrics/span_origin.hpp"

namespace assay::trial {

/// "pid", "tid", "ancestors" and "parent" of a line of docs/formats/spans.md. Whoever writes something else there says
/// nothing by it: these keys were once for people only.
[[nodiscard]] SpanOrigin origin_of(const nlohmann::json& line);

}  // namespace assay::trial
