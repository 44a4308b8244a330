#include "experiments/trial/metrics/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include "core/text/trimmed.hpp"
#include "core/text/utf8.hpp"
#include "core/units.hpp"

namespace assay::trial {
namespace {

NumberReading converted(double value, std::string_view unit, const Metric& metric, std::string_view text) {
  if (unit.empty() || unit == metric.unit) return value;
  if (const std::optional<double> factor = conversion_factor(unit, metric.unit)) return value * *factor;
  if (metric.unit.empty() && is_unit(unit)) {
    return fmt::format("{} has a unit: say in which the metric is, for example unit = \"{}\"", in_quotes(text), unit);
  }
  if (!is_unit(unit)) return fmt::format("{} is not a number", in_quotes(text));
  return fmt::format("{} cannot be converted to {}, the unit of the metric", in_quotes(text), metric.unit);
}

/// Takes the number at the front of a text.
std::optional<double> take_plain_number(std::string_view& text) {
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (failure != std::errc{} || !std::isfinite(number) || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

/// The seconds in "0m1.234s", "2h 3m", or "1:02.5" as GNU time prints it; empty for other texts.
std::optional<double> seconds_in_parts(std::string_view text) {
  double seconds = 0;
  int parts = 0;
  bool is_clock = false;
  for (text = trimmed(text); !text.empty(); ++parts) {
    const std::optional<double> number = take_plain_number(text);
    if (!number) return std::nullopt;
    if (text.starts_with(':') || is_clock) {
      is_clock = true;
      seconds = seconds * 60 + *number;
      if (text.starts_with(':')) text.remove_prefix(1);
      continue;
    }
    const std::string_view unit = text.substr(0, std::min(text.find_first_of(" 0123456789"), text.size()));
    const std::optional<double> factor = unit == "m" ? std::optional(60.0) : conversion_factor(unit, "s");
    if (!factor) return std::nullopt;
    seconds += *number * *factor;
    text = trimmed(text.substr(unit.size()));
  }
  return parts > 1 ? std::optional(seconds) : std::nullopt;
}

}  // namespace

std::optional<std::string> why_inexact(const WrittenNumber& number, const Metric& metric) {
  if (metric.kind != MetricKind::deterministic || is_exact(number)) return std::nullopt;
  return fmt::format("{} is above 2^53, where a deterministic metric cannot hold every whole number: report less of it",
                     number.digits);
}

NumberReading number_in_words(std::string_view text, const Metric& metric) {
  if (const std::optional<double> seconds = seconds_in_parts(text)) return converted(*seconds, "s", metric, text);
  const auto written = read_written_number(text, metric.digits);
  if (const auto* const none = std::get_if<NoNumber>(&written)) {
    if (*none == NoNumber::is_none) return fmt::format("\"{}\" is not a number", text);
    if (*none == NoNumber::is_misgrouped) {
      return fmt::format(R"("{}" is not a number as in digits = "{}", where groups have three digits)", text,
                         to_string(*metric.digits));
    }
    return fmt::format(R"("{}" can be read in two ways: say how with digits = "1,234.5" or digits = "1.234,5")", text);
  }
  const auto& number = std::get<WrittenNumber>(written);
  if (auto inexact = why_inexact(number, metric)) return *std::move(inexact);
  return converted(number.value, number.behind, metric, text);
}

std::string unit_behind(std::string_view rest_of_line) {
  if (rest_of_line.starts_with(' ')) rest_of_line.remove_prefix(1);
  const std::size_t end = rest_of_line.find_first_of(" \t,;:)]}(\"'|=");
  const std::string_view word = rest_of_line.substr(0, end);
  return is_unit(word) ? std::string(word) : "";
}

}  // namespace assay::trial
