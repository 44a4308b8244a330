#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "core/metric.hpp"
#include "core/trial_parts/steady_series.hpp"

namespace assay::trial {

/// The most iterations that one trial may report.
inline constexpr std::size_t kMostIterations = 1'000'000;

/// What is kept of the iterations that one trial reports for a metric that counts only the steady state, or why they
/// cannot be judged: there are fewer than 40, or too many.
///
/// There is a value for each start on a grid that is the same for every trial (0, 1, 2 .. 10, then each a tenth
/// further), from the first start in the steady state to the first that leaves a quarter of the iterations or less.
/// \param metric_index  into the plan's metrics.
/// \param iterations    finite, in time order.
/// Cost: that of stats::find_steady_state, and O(n) for each of at most 125 starts.
[[nodiscard]] std::variant<SteadySeries, std::string> steady_series(const Metric& metric, std::size_t metric_index,
                                                                    std::vector<double> iterations);

}  // namespace assay::trial
