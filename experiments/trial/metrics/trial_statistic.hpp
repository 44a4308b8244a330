#pragma once

#include <vector>

#include "core/metric.hpp"

namespace assay::trial {

/// The single value of a trial that reports many. Quantiles are of type 7 of Hyndman and Fan (1996), the default of
/// NumPy and R. A quantile of few values lies close to the largest: that of 0.99 of 50 values is between the last two.
/// \param statistic  not a steady one, which needs the iterations in their order: see steady_series.
/// \param values  at least one, finite, in any order.
[[nodiscard]] double value_of_trial(TrialStatistic statistic, std::vector<double> values);

}  // namespace assay::trial
