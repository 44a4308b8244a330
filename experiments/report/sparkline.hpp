#pragma once

#include <span>
#include <string>

#include "core/result/result.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// The effects of a comparison's blocks in the order of time, a mark each, between the smallest and the largest:
/// "effect of each block  ▃▄▁▂█▄  -8.1 % to +2.0 %". Marks are the digits 1 to 8 if the style has no Unicode, and "x"
/// where a trial failed. If there are more blocks than columns, each mark is the median of as many blocks after each
/// other as it takes. Ends with a newline; empty if fewer than two effects are finite.
/// \param effects  on the analysis scale \see PairedSeries
[[nodiscard]] std::string effect_sparkline(const Comparison& comparison, std::span<const double> effects,
                                           const TextStyle& style);

}  // namespace assay::report
