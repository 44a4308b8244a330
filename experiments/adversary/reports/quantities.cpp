#include "experiments/adversary/reports/quantities.hpp"

#include <array>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/text/written_number.hpp"
#include "core/units.hpp"

namespace assay::adversary {
namespace {

/// Units as people write them; what they are called in options.
struct UnitSpelling {
  std::string_view pattern;
  std::string_view unit;
};
constexpr std::array kUnitSpellings = {
    UnitSpelling{"nanoseconds?", "ns"},  UnitSpelling{"nsecs?", "ns"},     UnitSpelling{"ns", "ns"},
    UnitSpelling{"microseconds?", "us"}, UnitSpelling{"usecs?", "us"},     UnitSpelling{"us", "us"},
    UnitSpelling{"milliseconds?", "ms"}, UnitSpelling{"msecs?", "ms"},     UnitSpelling{"ms", "ms"},
    UnitSpelling{"seconds?", "s"},       UnitSpelling{"secs?", "s"},       UnitSpelling{"s", "s"},
    UnitSpelling{"minutes?", "min"},     UnitSpelling{"mins?", "min"},     UnitSpelling{"hours?", "h"},
    UnitSpelling{"hrs?", "h"},           UnitSpelling{"h", "h"},           UnitSpelling{"[kK]i[bB]", "KiB"},
    UnitSpelling{"[mM]i[bB]", "MiB"},    UnitSpelling{"[gG]i[bB]", "GiB"}, UnitSpelling{"[tT]i[bB]", "TiB"},
    UnitSpelling{"[kK][bB]", "kB"},      UnitSpelling{"[mM][bB]", "MB"},   UnitSpelling{"[gG][bB]", "GB"},
    UnitSpelling{"[tT][bB]", "TB"},      UnitSpelling{"bytes", "B"},
};

/// Only where a value stands beside another one: "14g to 7g", "2.2% -> 1.5%", "5m 36s".
constexpr std::array kLooseUnits = {UnitSpelling{"m", "min"}, UnitSpelling{"[gG]", "GB"}, UnitSpelling{"%", "%"}};

std::string units_pattern() {
  std::string pattern;
  for (const UnitSpelling& unit : kUnitSpellings) pattern += (pattern.empty() ? "" : "|") + std::string(unit.pattern);
  return pattern;
}

/// Whether the pattern's plain letters, with and without its optional ones, are this text.
bool is_spelled(const UnitSpelling& unit, std::string_view text) {
  std::string_view pattern = unit.pattern;
  while (!pattern.empty()) {
    const bool is_set = pattern.front() == '[';
    const std::size_t length = is_set ? pattern.find(']') + 1 : 1;
    const std::string_view letters = is_set ? pattern.substr(1, length - 2) : pattern.substr(0, 1);
    const bool is_optional = pattern.size() > length && pattern[length] == '?';
    const bool matches = !text.empty() && letters.find(text.front()) != std::string_view::npos;
    if (!matches && !is_optional) return false;
    if (matches) text.remove_prefix(1);
    pattern.remove_prefix(length + (is_optional ? 1 : 0));
  }
  return text.empty();
}

std::string unit_called(std::string_view text) {
  for (const UnitSpelling& unit : kUnitSpellings) {
    if (is_spelled(unit, text)) return std::string(unit.unit);
  }
  for (const UnitSpelling& unit : kLooseUnits) {
    if (is_spelled(unit, text)) return std::string(unit.unit);
  }
  return "";
}

}  // namespace

std::string range_pattern() {
  return fmt::format("(?:~ ?)?({0})(?: ?- ?~?({0}))?", kNumberPattern);
}

std::string value_pattern() {
  return fmt::format("{} ?\\+? ?({}|m)\\b(?: ?({}) ?({})\\b)?", range_pattern(), units_pattern(), kNumberPattern,
                     units_pattern());
}

std::string loose_value_pattern() {
  return fmt::format("{} ?\\+? ?((?:{}|m|[gG])\\b|%|[a-zA-Z]+/s(?:ec)?\\b|)(?: ?({}) ?({})\\b)?", range_pattern(),
                     units_pattern(), kNumberPattern, units_pattern());
}

std::optional<double> written_number(std::string_view text) {
  const auto read = read_written_number(text, std::nullopt);
  if (const auto* number = std::get_if<WrittenNumber>(&read)) return number->value;
  if (std::get<NoNumber>(read) != NoNumber::is_ambiguous) return std::nullopt;
  const auto grouped = read_written_number(text, NumberForm::comma_point);
  const auto* const number = std::get_if<WrittenNumber>(&grouped);
  return number == nullptr ? std::nullopt : std::optional(number->value);
}

std::optional<Quantity> range_of(std::string_view low, std::string_view high) {
  const std::optional<double> first = written_number(low);
  const std::optional<double> second = high.empty() ? first : written_number(high);
  if (!first || !second) return std::nullopt;
  // "10-5" is no range; its first number counts.
  return *second < *first ? Quantity{*first, *first, ""} : Quantity{*first, *second, ""};
}

std::optional<Quantity> value_of(const ValueGroups& groups) {
  std::optional<Quantity> value = range_of(groups.low, groups.high);
  if (!value) return std::nullopt;
  value->unit = unit_called(groups.unit);
  if (groups.second_number.empty()) return value;
  const std::optional<double> more = written_number(groups.second_number);
  const std::optional<double> factor = conversion_factor(value->unit, unit_called(groups.second_unit));
  if (!more || !factor) return value;
  return Quantity{value->low * *factor + *more, value->high * *factor + *more, unit_called(groups.second_unit)};
}

std::optional<Quantity> converted(const Quantity& quantity, std::string_view unit) {
  if (quantity.unit == unit) return quantity;
  if (quantity.unit.empty() || unit.empty()) return std::nullopt;
  const std::optional<double> factor = conversion_factor(quantity.unit, unit);
  if (!factor) return std::nullopt;
  return Quantity{quantity.low * *factor, quantity.high * *factor, std::string(unit)};
}

}  // namespace assay::adversary
