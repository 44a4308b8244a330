#pragma once

#include "core/result/diagnostic.hpp"
#include "core/seed.hpp"
#include "stats/diagnosis/block_series.hpp"

namespace assay::stats {

/// Whether the effects are skewed.
[[nodiscard]] Diagnostic find_asymmetry(const BlockSeries& series, Generator generator);

}  // namespace assay::stats
