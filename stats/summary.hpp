#pragma once

#include <span>

#include "core/result.hpp"

namespace assay::stats {

/// Describes one arm's values of one metric. All figures are 0 where there is no value.
/// \param values  of the measured trials, finite, in the metric's unit.
/// \param failed  trials with any other outcome.
[[nodiscard]] ArmSummary summarise(std::span<const double> values, int failed);

/// Arithmetic mean; at least one value.
[[nodiscard]] double mean(std::span<const double> values);

/// Sample variance with n - 1, by two passes; 0 below two values.
[[nodiscard]] double variance(std::span<const double> values);

/// Middle value, or the mean of the middle two; at least one value. Infinite values are allowed.
[[nodiscard]] double median(std::span<const double> values);

/// Median absolute deviation from the median, not scaled to a standard deviation; at least one finite value.
[[nodiscard]] double median_absolute_deviation(std::span<const double> values);

/// Quantile of type 7 of Hyndman and Fan (1996), The American Statistician 50(4):361-365: NumPy's and R's default.
/// \param sorted  ascending, at least one.
/// \param share   0 .. 1.
[[nodiscard]] double quantile_of_sorted(std::span<const double> sorted, double share);

}  // namespace assay::stats
