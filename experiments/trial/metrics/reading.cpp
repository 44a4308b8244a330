#include "experiments/trial/metrics/reading.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "core/text/written_number.hpp"
#include "core/units.hpp"
#include "experiments/trial/metrics/number_text.hpp"
#include "experiments/trial/metrics/steady_values.hpp"
#include "experiments/trial/metrics/trial_statistic.hpp"
#include "experiments/trial/text_lines.hpp"

namespace assay::trial {
namespace {

using Json = nlohmann::json;

/// A number that JSON holds as a text is one only if the text says how: by its unit, or by the metric's digits.
Reading number_in_string(const std::string& text, const std::string& pointer, const Metric& metric) {
  const auto written = read_written_number(text, metric.digits);
  const auto* const number = std::get_if<WrittenNumber>(&written);
  const bool has_unit = number != nullptr && is_unit(without_brackets(number->behind));
  const bool says_how = metric.digits || has_unit;
  if (!says_how) {
    if (is_beyond_a_double(text)) return fmt::format("{} is {}, which is too large for a number", pointer, text);
    const bool is_finite = number == nullptr || std::isfinite(number->value);
    return is_finite ? fmt::format("{} is string, not a number", pointer) : fmt::format("{} is {}", pointer, text);
  }
  NumberReading reading = number_in_words(text, metric);
  if (const double* value = std::get_if<double>(&reading)) return *value;
  return fmt::format("{}: {}", pointer, std::get<std::string>(reading));
}

/// A unit that stands beside a number and not in it, and where: "behind" or "before".
struct UnitBeside {
  std::string unit;
  std::string_view where;
};

/// Why the unit beside a number is not that of the metric; empty if it is, or if there is none. Tools that scale units
/// by the value write "1.02 ms" and then "990 us".
std::string foreign_unit(const UnitBeside& beside, const Metric& metric, SeenAround& seen) {
  const auto& [unit, where] = beside;
  if (unit.empty()) return "";
  const std::string_view remedy =
      where == "behind" ? "take the unit into the group ( )" : "declare the unit that stands there";
  if (!metric.unit.empty()) {
    const std::optional<double> factor = conversion_factor(unit, metric.unit);
    if (!factor || *factor == 1) return "";
    return fmt::format("\"{}\" stands {} the number, and the metric is in {}: {}", unit, where, metric.unit, remedy);
  }
  const std::string& first = seen.units.try_emplace(metric.name, unit).first->second;
  const std::optional<double> factor = conversion_factor(unit, first);
  if (!factor || *factor == 1) return "";
  return fmt::format(
      "\"{}\" stands {} the number, and \"{}\" stood there before: declare a unit, and take that of the text into "
      "the group ( )",
      unit, where, first);
}

/// Why the unit that stands beside a value in its object is another than it was before; empty if it is not, or if there
/// is none. Tools that scale units by the value write {"value": 1.02, "unit": "ms"} and then 990 and "us".
std::string changed_unit(const ResultsDocument& document, const std::string& pointer, const JsonQuestion& question) {
  const nlohmann::json* object = nullptr;
  for (Json::json_pointer place(pointer); !place.empty() && object == nullptr;) {
    place = place.parent_pointer();
    if (!document.value.contains(place)) return "";
    const nlohmann::json& around = document.value.at(place);
    if (around.is_object()) object = &around;
  }
  if (object == nullptr) return "";
  for (const char* key : {"unit", "time_unit", "units", "timeUnit"}) {
    const auto member = object->find(key);
    if (member == object->end() || !member->is_string()) continue;
    const std::string unit = member->get<std::string>();
    const std::string& first =
        question.seen.names.try_emplace(question.planned.metric.name + " " + key, unit).first->second;
    if (first == unit) continue;
    return fmt::format(R"({} has the {} {} beside it, and had {} before: let the program always report the same)",
                       pointer, key, in_quotes(unit), in_quotes(first));
  }
  return "";
}

void add_numbers(const nlohmann::json& value, const std::string& pointer, const Metric& metric,
                 std::vector<Reading>& readings) {
  if (!value.is_array()) {
    readings.push_back(number_of(value, pointer, metric));
    return;
  }
  for (std::size_t at = 0; at < value.size(); ++at) {
    add_numbers(value[at], fmt::format("{}/{}", pointer, at), metric, readings);
  }
}

/// Why the list element at an index is another than in earlier trials, judged by its name; empty if it is not.
std::string renamed_element(const ResultsDocument& document, const definition::JsonSelector& selector,
                            const JsonQuestion& question) {
  definition::JsonSelector prefix;
  for (const std::string& step : selector.steps) {
    prefix.steps.push_back(step);
    const std::vector<definition::FoundJson> found = find_json(prefix, document.value, document.root);
    if (found.size() != 1) return "";
    const nlohmann::json& element = *found.front().value;
    const bool is_index = !step.empty() && step.find_first_not_of("-0123456789") == std::string::npos;
    if (!is_index || !element.is_object()) continue;
    for (const char* key : {"name", "benchmark"}) {
      const auto member = element.find(key);
      if (member == element.end() || !member->is_string()) continue;
      const std::string name = member->get<std::string>();
      const std::string where = fmt::format("{} {} {}", question.planned.metric.name, found.front().pointer, key);
      const std::string& first = question.seen.names.try_emplace(where, name).first->second;
      if (first == name) continue;
      return fmt::format(R"({} is {} and was {} in an earlier trial: choose it by its {}, as in json:/.../{}={}/...)",
                         found.front().pointer, in_quotes(name), in_quotes(first), key, key, first);
    }
  }
  return "";
}

}  // namespace

Reading number_of(const nlohmann::json& value, const std::string& pointer, const Metric& metric) {
  if (value.is_number()) {
    const bool is_whole = value.is_number_integer();
    WrittenNumber number{value.get<double>(), is_whole ? value.dump() : "", ""};
    if (auto inexact = why_inexact(number, metric)) return *std::move(inexact);
    return number.value;
  }
  if (value.is_boolean() && metric.kind == MetricKind::proportion) return value.get<bool>() ? 1.0 : 0.0;
  if (value.is_string()) return number_in_string(value.get<std::string>(), pointer, metric);
  if (value.is_array()) {
    return fmt::format("{} is a list, not a number: say which statistic of it, for example statistic = \"p95\"",
                       pointer);
  }
  return fmt::format("{} is {}, not a number", pointer, value.is_null() ? "null" : value.type_name());
}

Reading statistic_of(const PlannedMetric& planned, const std::vector<Reading>& readings) {
  std::vector<double> values;
  for (const Reading& reading : readings) {
    const double* value = std::get_if<double>(&reading);
    if (value == nullptr) return reading;
    if (!std::isfinite(*value)) return fmt::format("{} is not finite", *value);
    values.push_back(*value);
  }
  if (!counts_steady_state(planned.metric)) return value_of_trial(*planned.metric.statistic, std::move(values));
  auto series = steady_series(planned.metric, planned.index, std::move(values));
  if (auto* kept = std::get_if<SteadySeries>(&series)) return std::move(*kept);
  return std::get<std::string>(std::move(series));
}

Reading statistic_of(const nlohmann::json& list, const std::string& pointer, const PlannedMetric& planned) {
  const Metric& metric = planned.metric;
  if (!list.is_array()) {
    return fmt::format("{} is {}, not the list of numbers that {} is of", pointer, list.type_name(),
                       to_string(*metric.statistic));
  }
  const bool holds_lists =
      std::any_of(list.begin(), list.end(), [](const auto& element) { return element.is_array(); });
  if (holds_lists && counts_steady_state(metric)) {
    return fmt::format("{} holds lists, and iterations are in one: choose it, for example with {}/0", pointer, pointer);
  }
  std::vector<Reading> readings;
  add_numbers(list, pointer, metric, readings);
  if (readings.empty()) return fmt::format("the list at {} is empty", pointer);
  return statistic_of(planned, readings);
}

Reading value_in(const ResultsDocument& document, const definition::JsonSelector& selector,
                 const JsonQuestion& question) {
  const std::string& pointer = question.pointer;
  const PlannedMetric& planned = question.planned;
  const std::string_view text_name = question.text_name;
  const std::vector<definition::FoundJson> found = find_json(selector, document.value, document.root);
  if (found.empty()) return fmt::format("{} has nothing at {}", text_name, pointer);
  for (const definition::FoundJson& one : found) {
    const std::string twice = repeated_key_around(document, one.pointer);
    if (!twice.empty()) return fmt::format("{} has the key at {} twice", text_name, twice);
    if (std::string changed = changed_unit(document, one.pointer, question); !changed.empty()) return changed;
  }
  if (std::string renamed = renamed_element(document, selector, question); !renamed.empty()) return renamed;
  const definition::FoundJson& first = found.front();
  const bool is_one = found.size() == 1 && !definition::chooses_elements(selector);
  if (!planned.metric.statistic) {
    if (found.size() == 1) return number_of(*first.value, first.pointer, planned.metric);
    return fmt::format(
        "{} has {} values at {}: choose one with an index or a member, as in /0 or /name=parse, or say which statistic "
        "of them",
        text_name, found.size(), pointer);
  }
  if (is_one) return statistic_of(*first.value, first.pointer, planned);
  std::vector<Reading> readings;
  for (const definition::FoundJson& one : found) add_numbers(*one.value, one.pointer, planned.metric, readings);
  if (readings.empty()) return fmt::format("the lists at {} are empty", pointer);
  return statistic_of(planned, readings);
}

Reading matches_of(const RegularExpression& expression, const PlannedMetric& planned, const SearchedText& searched,
                   SeenAround& seen) {
  std::vector<Reading> readings;
  std::string_view text = searched.text;
  while (!text.empty()) {
    const std::string_view line = take_terminal_line(text);
    const std::optional<std::string_view> group = expression.first_group(line);
    if (!group) continue;
    NumberReading number = number_in_words(*group, planned.metric);
    if (auto* const refusal = std::get_if<std::string>(&number)) return std::move(*refusal);
    const std::string_view behind =
        group->empty() ? "" : line.substr(static_cast<std::size_t>(group->data() + group->size() - line.data()));
    const bool has_unit = !group->empty() && group->find_first_not_of("+-0123456789.,eE") != std::string_view::npos;
    const std::string_view before =
        group->empty() ? "" : line.substr(0, static_cast<std::size_t>(group->data() - line.data()));
    UnitBeside beside{has_unit ? "" : unit_behind(behind), "behind"};
    if (beside.unit.empty() && !has_unit) beside = {unit_before(before), "before"};
    if (std::string foreign = foreign_unit(beside, planned.metric, seen); !foreign.empty()) return foreign;
    readings.emplace_back(std::get<double>(number));
    if (!planned.metric.statistic) return readings.front();
  }
  if (readings.empty()) return fmt::format("no line of {} matches", searched.name);
  return statistic_of(planned, readings);
}

}  // namespace assay::trial
