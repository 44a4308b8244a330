#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/metric.hpp"
#include "core/steady_series.hpp"
#include "core/text/regular_expression.hpp"

namespace assay::trial {

/// What was read for a metric of one trial: a value, what is kept of a series of iterations, or why there is neither.
using Reading = std::variant<double, SteadySeries, std::string>;

/// A metric and its index in the plan.
struct PlannedMetric {
  const Metric& metric;
  std::size_t index = 0;
};

/// A number in JSON; for a proportion, a truth value counts as 0 or 1.
/// \param pointer  where the value is, for the reason that it is no number
[[nodiscard]] Reading number_of(const nlohmann::json& value, const std::string& pointer, MetricKind kind);

/// The metric's statistic of many values in the order of the text; the reason of the first that is no number.
[[nodiscard]] Reading statistic_of(const PlannedMetric& planned, const std::vector<Reading>& readings);
/// The metric's statistic of a list of numbers in JSON.
[[nodiscard]] Reading statistic_of(const nlohmann::json& list, const std::string& pointer,
                                   const PlannedMetric& planned);

/// The first capture group of the first line that matches, or the statistic of those of all lines that do.
/// \param text_name  for the reason that no line matches
[[nodiscard]] Reading matches_of(const RegularExpression& expression, const PlannedMetric& planned,
                                 std::string_view text, std::string_view text_name);

}  // namespace assay::trial
