#pragma once

#include <vector>

#include "core/metric.hpp"

namespace assay::trial {

/// The one value of a trial that reports many. Quantiles are of type 7 of Hyndman and Fan (1996), NumPy's and R's
/// default; that of few values lies close to the largest: 0.99 of 50 values is between the last two.
/// \param statistic  none of the steady ones, which need the iterations in their order: see steady_series.
/// \param values  at least one, finite, in any order.
[[nodiscard]] double value_of_trial(TrialStatistic statistic, std::vector<double> values);

}  // namespace assay::trial
