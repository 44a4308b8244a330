#pragma once

#include <optional>

#include "core/result/effect.hpp"
#include "core/result/metric_result.hpp"
#include "core/result/result.hpp"

namespace assay {

/// The effect as it is told beside what was decided, with the interval that this rests on: equivalence, and a guard
/// that passed, have one of their own, at another confidence than a difference. std::nullopt if no block gave values.
[[nodiscard]] std::optional<Effect> told_effect(const MetricResult& result);

/// That of a comparison's primary metric, beside the verdict of the comparison.
/// \pre the comparison has metrics
[[nodiscard]] std::optional<Effect> told_effect(const Comparison& comparison);

}  // namespace assay
