#pragma once

#include <memory>

#include "experiments/decide/methods/method.hpp"

namespace assay::decide {

/// The effect that blocks run after the stop show by themselves: Hodges-Lehmann with its fixed-n interval and the
/// signed-rank p-value, as measured. \param margin  on the analysis scale, as the looks had it.
[[nodiscard]] Effect effect_of_ranks(const MetricTestDesign& design, double margin, const PairedSeries& fresh);

/// The method that fits the fresh blocks, after its one look at them.
[[nodiscard]] std::unique_ptr<Method> looked_at_once(MetricTestDesign design, const PairedSeries& fresh);

}  // namespace assay::decide
