#pragma once

#include <span>

#include "core/result/diagnostic.hpp"
#include "stats/diagnosis/block_series.hpp"

namespace assay::stats {

/// The step of a quantised metric relative to the median magnitude: the greatest q of which all differences are
/// multiples. 0 if none is seen, which includes steps below a millionth of the median and values that are all equal.
/// \param values  finite, in the metric's unit (not logarithms).
[[nodiscard]] double resolution_of(std::span<const double> values);

/// The step by which the metric moves on the analysis scale; 0: none seen.
[[nodiscard]] double step_of(const BlockSeries& series);

struct Resolution {
  Diagnostic diagnostic;
  double widen_by = 0;  ///< on the analysis scale
};

/// Whether the step is coarse for the margin, and by how much intervals are then widened.
[[nodiscard]] Resolution find_resolution(const BlockSeries& series, double step);

}  // namespace assay::stats
