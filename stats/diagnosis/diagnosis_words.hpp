#pragma once

#include <string>

#include "stats/diagnosis/block_series.hpp"

namespace assay::stats {

/// Words for an effect on the analysis scale, signed: "+3.2 %", "-1.5 points", "-3.1 MB"; "unbounded" if infinite.
[[nodiscard]] std::string change_words(const BlockSeries& series, double effect);
/// The same for a size, which has no sign: "3.2 %".
[[nodiscard]] std::string size_words(const BlockSeries& series, double size);
/// Words for a value of the metric given on the analysis scale: "24.1 ms".
[[nodiscard]] std::string value_words(const BlockSeries& series, double value);

}  // namespace assay::stats
