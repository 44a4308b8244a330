#pragma once

#include "core/result/diagnostic.hpp"
#include "stats/diagnosis/block_series.hpp"

namespace assay::stats {

/// Whether the machine became slower or faster over the attempt.
[[nodiscard]] Diagnostic find_drift(const BlockSeries& series);
/// Whether the effect changed over the attempt.
[[nodiscard]] Diagnostic find_instability(const BlockSeries& series);

}  // namespace assay::stats
