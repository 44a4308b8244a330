#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stats/reference/bootstrap.hpp"

namespace assay::stats {

/// A value that a statistic takes with one value of a sample left out, and for how many values of the sample it does.
struct LeftOut {
  double statistic = 0;
  std::size_t times = 1;
};

/// The values of a statistic with each value of one sample left out in turn, in any order. Equal ones may stand
/// together: a median takes three values, however many the sample has.
using Jackknife = std::vector<LeftOut>;

/// Acceleration from the jackknives of all samples (one sample, or one jackknife for each of two): a sixth of the
/// skewness of their influence. 0 if the statistic does not vary.
/// Source: Efron (1987), and for several samples SciPy's scipy.stats.bootstrap.
[[nodiscard]] double acceleration_of(std::span<const Jackknife> jackknives);

/// The interval from the bootstrap replicates of the statistic, in any order.
[[nodiscard]] BootstrapInterval bca_interval(double estimate, double acceleration, std::vector<double> replicates,
                                             double confidence);

}  // namespace assay::stats
