#include "experiments/trial/metrics/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <initializer_list>

#include <fmt/format.h>

#include "core/text/trimmed.hpp"
#include "core/text/utf8.hpp"
#include "core/units.hpp"

namespace assay::trial {
namespace {

NumberReading converted(double value, std::string_view unit, const Metric& metric, std::string_view text) {
  unit = without_brackets(unit);
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

bool is_beyond_a_double(std::string_view token) {
  if (token.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return false;
  double number = 0;
  const auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), number);
  // The same failure says that a number is too small, which is 0 to every reader.
  const bool is_small = token.find("e-") != std::string_view::npos || token.find("E-") != std::string_view::npos;
  return failure == std::errc::result_out_of_range && end == token.data() + token.size() && !is_small;
}

std::string_view without_brackets(std::string_view unit) {
  const bool in_brackets =
      unit.size() > 2 && ((unit.front() == '(' && unit.back() == ')') || (unit.front() == '[' && unit.back() == ']'));
  return in_brackets ? trimmed(unit.substr(1, unit.size() - 2)) : unit;
}

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
  constexpr std::string_view kEnds = " \t,;:)]}(\"'|=";
  const std::size_t begin = std::min(rest_of_line.find_first_not_of(" \t"), rest_of_line.size());
  std::string_view rest = rest_of_line.substr(begin);
  const bool in_brackets = rest.starts_with('(') || rest.starts_with('[');
  if (in_brackets) rest.remove_prefix(1);
  const std::string_view word = rest.substr(0, rest.find_first_of(kEnds));
  // Beyond one blank a table goes on, in which a single letter may mean anything.
  const bool is_far = rest_of_line.substr(0, begin).size() > 1 && !in_brackets;
  return is_unit(word) && (!is_far || word.size() > 1 || word == "s") ? std::string(word) : "";
}

namespace {

bool is_word_among(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Whether a word says that it is about time, so that "time/s" is no rate as "requests/s" is.
bool is_about_time(std::string_view word) {
  const auto holds = [word](std::string_view part) { return word.find(part) != std::string_view::npos; };
  return holds("time") || holds("Time") || holds("latency") || holds("duration") || holds("elapsed") ||
         is_word_among(word, {"t", "dt", "wall", "cpu", "real", "user", "sys", "mean", "median", "min", "max", "avg"});
}

}  // namespace

std::string unit_before(std::string_view line_before) {
  const std::size_t last = line_before.find_last_not_of(" \t:=|>\"'");
  if (last == std::string_view::npos) return "";
  const std::string_view text = line_before.substr(0, last + 1);
  if (text.back() == ')' || text.back() == ']') {
    const std::size_t open = text.find_last_of("([");
    const std::string_view inside = open == std::string_view::npos ? "" : text.substr(open + 1, last - open - 1);
    return is_unit(trimmed(inside)) ? std::string(trimmed(inside)) : "";
  }
  const std::string_view word = text.substr(text.find_last_of(" \t,;\"'") + 1);  // npos + 1 is 0
  if (is_unit(word)) return word.size() == trimmed(text).size() ? std::string(word) : "";
  const std::size_t mark = word.find_last_of("/_");
  if (mark == std::string_view::npos || mark == 0) return "";
  const std::string_view unit = word.substr(mark + 1);
  const bool is_plain = is_word_among(unit, {"ms", "us", "µs", "μs", "ns", "msec", "usec", "nsec", "sec"});
  if (word[mark] == '_') return is_plain ? std::string(unit) : "";
  return is_unit(unit) && (is_plain || is_about_time(word.substr(0, mark))) ? std::string(unit) : "";
}

}  // namespace assay::trial
