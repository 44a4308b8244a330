#pragma once

#include "core/result/diagnostic.hpp"
#include "core/seed.hpp"
#include "stats/diagnosis/block_series.hpp"

namespace assay::stats {

/// Whether an arm's values have two modes. \param step  by which the metric moves on the analysis scale; 0: none seen.
[[nodiscard]] Diagnostic find_modes(const BlockSeries& series, double step, Generator generator);

}  // namespace assay::stats
