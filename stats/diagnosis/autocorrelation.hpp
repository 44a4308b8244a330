#pragma once

#include "core/result/diagnostic.hpp"
#include "stats/diagnosis/block_series.hpp"

namespace assay::stats {

struct Autocorrelation {
  Diagnostic diagnostic;
  double factor = 1;  ///< the planner multiplies tau by it, see Diagnosis
};

/// Whether neighbouring blocks resemble each other.
[[nodiscard]] Autocorrelation find_autocorrelation(const BlockSeries& series);

}  // namespace assay::stats
