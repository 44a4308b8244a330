#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/metric.hpp"
#include "core/text/regular_expression.hpp"
#include "core/trial_parts/steady_series.hpp"
#include "experiments/definition/reading/json_selector.hpp"
#include "experiments/trial/metrics/results_document.hpp"

namespace assay::trial {

/// What was read for a metric of one trial: a value, what is kept of a series of iterations, or why there is neither.
using Reading = std::variant<double, SteadySeries, std::string>;

/// A metric and its index in the plan.
struct PlannedMetric {
  const Metric& metric;
  std::size_t index = 0;
};

/// What earlier trials showed around the values of metrics, which must not change without a word.
struct SeenAround {
  std::map<std::string, std::string> units;  ///< behind the number of a metric without a unit, by its name
  std::map<std::string, std::string> names;  ///< of the list element at an index, by metric and pointer
  std::map<std::string, std::string> notes;  ///< what a reader should know of a text, by its name
};

/// A number in JSON; for a proportion, a truth value counts as 0 or 1. A text is a number if it has a unit, or if the
/// metric says how its digits are written.
/// \param pointer  where the value is, for the reason that it is no number
[[nodiscard]] Reading number_of(const nlohmann::json& value, const std::string& pointer, const Metric& metric);

/// The metric's statistic of many values in the order of the text; the reason of the first that is no number.
[[nodiscard]] Reading statistic_of(const PlannedMetric& planned, const std::vector<Reading>& readings);
/// The metric's statistic of the numbers in a JSON list and the lists in it.
[[nodiscard]] Reading statistic_of(const nlohmann::json& list, const std::string& pointer,
                                   const PlannedMetric& planned);

/// What is asked of a JSON document.
struct JsonQuestion {
  const std::string& pointer;  ///< as the user wrote it
  const PlannedMetric& planned;
  std::string_view text_name;  ///< for reasons
  SeenAround& seen;
};
/// The number that is selected, or the statistic of all numbers at it. A key that occurs twice in its object gives no
/// value. If the selector takes a list element by its index, and the element has a name, that must be the same in every
/// trial.
[[nodiscard]] Reading value_in(const ResultsDocument& document, const definition::JsonSelector& selector,
                               const JsonQuestion& question);

/// A text, with its name for reasons.
struct SearchedText {
  std::string_view text;
  std::string_view name;
};
/// The first capture group of the first line that matches, or the statistic of those of all lines that do. Lines end as
/// on a terminal. The unit behind the number must be the metric's, or else always the same.
[[nodiscard]] Reading matches_of(const RegularExpression& expression, const PlannedMetric& planned,
                                 const SearchedText& searched, SeenAround& seen);

}  // namespace assay::trial
