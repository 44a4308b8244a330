#pragma once

#include <span>
#include <vector>

#include "stats/reference/bootstrap.hpp"

namespace assay::stats {

/// The values of a statistic with each value of one sample left out in turn.
using Jackknife = std::vector<double>;

/// Acceleration from the jackknives of all samples (one sample, or one jackknife for each of two): a sixth of the
/// skewness of their influence. 0 if the statistic does not vary.
/// Source: Efron (1987), and for several samples SciPy's scipy.stats.bootstrap.
[[nodiscard]] double acceleration_of(std::span<const Jackknife> jackknives);

/// The interval from the bootstrap replicates of the statistic, in any order.
[[nodiscard]] BootstrapInterval bca_interval(double estimate, double acceleration, std::vector<double> replicates,
                                             double confidence);

}  // namespace assay::stats
