#pragma once

#include <functional>
#include <span>

#include "core/interval.hpp"
#include "stats/hypothesis_test.hpp"
#include "stats/reference/resampling.hpp"

namespace assay::stats {

struct BootstrapInterval {
  double estimate = 0;
  Interval interval;
  double bias_correction = 0;  ///< z0
  double acceleration = 0;     ///< a, from the jackknife
};

/// A statistic of one sample, given in no particular order. It is called from several threads at once.
using Statistic = std::function<double(std::span<const double>)>;
/// A statistic of two samples, which are resampled separately.
using TwoSampleStatistic = std::function<double(const TwoSamples&)>;

/// Bias-corrected and accelerated bootstrap interval.
///
/// The method assumes independent values. Its coverage is approximate (below nominal under 20 values). A degenerate
/// bootstrap distribution gives the interval [estimate, estimate].
/// Source: Efron (1987), J. American Statistical Association 82(397):171-185. See docs/methods/reference-methods.md.
/// Cost: 0.1 us a resample for a median, whatever the number of values; else resamples x n draws at about 0.5 ns each,
/// and one call of the statistic for each resample and each value. \throws Error if there are fewer than two finite
/// values, or unless 0 < confidence < 1, resamples >= 100 and threads
/// >= 1.
[[nodiscard]] BootstrapInterval bca_mean(std::span<const double> values, double confidence, const Resampling& how);
[[nodiscard]] BootstrapInterval bca_median(std::span<const double> values, double confidence, const Resampling& how);
/// The interval of the difference of the medians, treatment - control.
[[nodiscard]] BootstrapInterval bca_median_difference(const TwoSamples& samples, double confidence,
                                                      const Resampling& how);
[[nodiscard]] BootstrapInterval bca(std::span<const double> values, const Statistic& statistic, double confidence,
                                    const Resampling& how);
[[nodiscard]] BootstrapInterval bca(const TwoSamples& samples, const TwoSampleStatistic& statistic, double confidence,
                                    const Resampling& how);

}  // namespace assay::stats
