#include <algorithm>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "core/text/spelling.hpp"
#include "core/text/trimmed.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/mistakes/semantics.hpp"
#include "experiments/definition/reading/readers.hpp"

namespace assay::definition {
namespace {

/// The metric's name, the comparator and the value, as they stand.
struct Pieces {
  std::string_view metric;
  Comparator comparator;
  std::string_view value;
};

Pieces pieces_of(std::string_view text, const Field& field) {
  const std::size_t at = text.find_first_of("<>=!");
  const std::size_t end = at == std::string_view::npos ? at : text.find_first_not_of("<>=!", at);
  const auto comparator =
      end == std::string_view::npos ? std::nullopt : parse_enum<Comparator>(text.substr(at, end - at));
  if (!comparator || trimmed(text.substr(0, at)).empty()) {
    field.fail(
        fmt::format("{} is no condition: expected a metric, one of < <= > >= == !=, and a number, for example "
                    "\"deploys >= 2\"",
                    in_quotes(text)));
  }
  return {trimmed(text.substr(0, at)), *comparator, trimmed(text.substr(end))};
}

const Metric& metric_called(std::string_view name, std::vector<Metric>& metrics, const Field& field) {
  const auto found =
      std::find_if(metrics.begin(), metrics.end(), [name](const Metric& one) { return one.name == name; });
  if (found != metrics.end()) return *found;
  if (const auto source = parse_metric_source(name)) {
    const std::string mistake = mistake_in(*source);
    if (!mistake.empty()) field.fail(mistake);
    metrics.push_back(observed_metric(std::string(name), *source));
    return metrics.back();
  }
  field.fail(
      fmt::format("{} is no metric of this file: declare it in a table [[metric]], or write where it is read "
                  "from, for example spans:overlap(request){}",
                  in_quotes(name), did_you_mean(shortened(name), names_of(metrics))));
}

/// "0.5", "50%" or "12 1/s" for a metric in 1/s.
std::optional<double> plain_number(std::string_view text, std::string_view unit) {
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc()) return std::nullopt;
  const std::string_view rest = trimmed({end, static_cast<std::size_t>(text.data() + text.size() - end)});
  if (rest == "%" && unit != "%") return number / 100;
  if (rest.empty() || rest == unit) return number;
  return std::nullopt;
}

double value_in_unit(std::string_view text, const Metric& metric, const Field& field) {
  try {
    if (metric.unit == "s") return std::chrono::duration<double>(parse_duration(text)).count();
    if (metric.unit == "B") return static_cast<double>(parse_bytes(text).count);
  } catch (const Error& error) {
    field.fail(fmt::format("{} is compared with: {}", in_quotes(metric.name), error.what()));
  }
  const std::optional<double> number = plain_number(text, metric.unit);
  if (number) return *number;
  field.fail(fmt::format("{} is no value of {}: expected a number{}", in_quotes(text), in_quotes(metric.name),
                         metric.unit.empty() ? "" : " in " + metric.unit));
}

}  // namespace

MetricCondition read_metric_condition(const Field& field, std::vector<Metric>& metrics) {
  const std::string text = field.text();
  const Pieces pieces = pieces_of(text, field);
  const Metric& metric = metric_called(pieces.metric, metrics, field);
  return {metric.name, pieces.comparator, value_in_unit(pieces.value, metric, field), text};
}

}  // namespace assay::definition
