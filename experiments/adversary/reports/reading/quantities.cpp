#include "experiments/adversary/reports/reading/quantities.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/text/lower_case.hpp"
#include "core/text/regular_expression.hpp"
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
constexpr std::array kLooseUnits = {UnitSpelling{"m", "min"},     UnitSpelling{"[gG]", "GB"}, UnitSpelling{"%", "%"},
                                    UnitSpelling{"percent", "%"}, UnitSpelling{"days?", "d"}, UnitSpelling{"B", "B"}};

/// Units that options do not know, and that two values may share all the same: of electricity, of long times, of
/// money, and whatever is counted per anything.
constexpr std::string_view kOtherUnits =
    "(?:(?:[a-z]{1,12})?/"
    "(?:op|[num]?s|min|h|hour|day|week|month|year|req|request|call|page|iter|event|token|core|user|frame|"
    "run|query|job)|(?-i:[numk]?[AWJ]|[mk]?[WA]h|[kMG]?Hz)|percent|days?|weeks?|months?|years?|EUR|USD|GBP|CHF|euros?|"
    "dollars?|cents?)\\b";
/// "48 million messages/s", "$2.1M"
constexpr std::string_view kMultiplier = "(?:thousand|million|billion|bn|(?-i:[kKM]))\\b";
constexpr std::string_view kCurrencySigns = "(?:US)?[$]|\u20ac|\u00a3";

/// "5m 36s", "1h30m", "9min42s", "1 h 2 m 3 s"
constexpr std::string_view kSpanPattern =
    "(?:[0-9]+ ?(?:h|hrs?|hours?|m|mins?|minutes?) ?){1,2}[0-9]+(?:[.,][0-9]+)? "
    "?(?:m|mins?|minutes?|s|secs?|seconds?)\\b";
/// Minutes and seconds, or hours before them.
constexpr std::string_view kClockPattern = "[0-9]{1,3}(?::[0-5][0-9]){1,2}(?:\\.[0-9]+)?\\b";

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

std::string pattern_of_value(std::string_view span, std::string_view unit) {
  return fmt::format("(?:(?:~ ?)?({})|{} ?\\+? ?({}))", span, range_pattern(), unit);
}

/// The number in front of which a sign of money may stand; its group has both.
std::string range_of_money_pattern() {
  return fmt::format("(?:~ ?)?((?:(?:{1}) ?)?{0})(?:(?: ?(?:[-~]|\\.\\.) ?~?| or )((?:{1})?{0}))?", kNumberPattern,
                     kCurrencySigns);
}

std::string_view without_currency(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_of("0123456789"), text.size()));
  return text;
}

/// Takes the multiplier from the front of a unit.
double take_multiplier(std::string_view& unit) {
  static const RegularExpression multiplier(fmt::format("(?i)^({}) ?", kMultiplier));
  const auto found = multiplier.first_match(unit);
  if (!found) return 1;
  unit.remove_prefix((*found)[0].size());
  const char letter = (*found)[1].front();
  if (letter == 'k' || letter == 'K' || letter == 't' || letter == 'T') return 1e3;
  return letter == 'm' || letter == 'M' ? 1e6 : 1e9;
}

/// "00:02:49.293" in seconds.
std::optional<Quantity> clock_duration(std::string_view text) {
  double seconds = 0;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find(':'), text.size());
    const std::optional<double> part = written_number(text.substr(0, length));
    if (!part) return std::nullopt;
    seconds = 60 * seconds + *part;
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return Quantity{seconds, seconds, "s"};
}

/// "1h30m" in its smallest unit.
std::optional<Quantity> sum_of_parts(std::string_view text) {
  static const RegularExpression part("([0-9]+)(?:[.,]([0-9]+))? ?([a-zA-Z]+) ?");
  Quantity sum;
  while (const auto found = part.first_match(text)) {
    // A comma between seconds is that of a decimal, and groups no digits.
    const std::string digits = fmt::format("{}.{}", (*found)[1], (*found)[2].empty() ? "0" : (*found)[2]);
    const std::optional<double> number = written_number(digits);
    const std::string unit = unit_called((*found)[3]);
    const std::optional<double> factor = sum.unit.empty() ? std::nullopt : conversion_factor(sum.unit, unit);
    const bool is_smaller = sum.unit.empty() || (factor && *factor > 1);
    if (!number || !is_smaller) return std::nullopt;
    const double total = sum.low * factor.value_or(0) + *number;
    sum = {total, total, unit};
    text.remove_prefix((*found)[0].size());
  }
  return sum;
}

}  // namespace

std::string range_pattern() {
  return fmt::format("(?:~ ?)?({0})(?:(?: ?(?:[-~]|\\.\\.) ?~?|%-| or )({0}))?", kNumberPattern);
}

std::string value_pattern() {
  return pattern_of_value(kSpanPattern, fmt::format("(?:{}|m)\\b", units_pattern()));
}

std::string clock_value_pattern() {
  return pattern_of_value(fmt::format("{}|{}", kSpanPattern, kClockPattern),
                          fmt::format("(?:{}|m)\\b", units_pattern()));
}

std::string loose_value_pattern() {
  return fmt::format("(?:(?:~ ?)?({0}|{1})|{2} ?\\+? ?((?:{3} ?)?(?:{4}|{5}|(?:{6}|m|[gG])\\b|%)|{3}|))", kSpanPattern,
                     kClockPattern, range_of_money_pattern(), kMultiplier, kRateUnits, kOtherUnits, units_pattern());
}

ValueGroups as_size(const ValueGroups& groups) {
  constexpr std::array kSizes = {UnitSpelling{"[kK]", "kB"}, UnitSpelling{"[mM]", "MB"}, UnitSpelling{"[gG]", "GB"}};
  for (const UnitSpelling& size : kSizes) {
    if (is_spelled(size, groups.unit)) return {groups.span, groups.low, groups.high, size.unit};
  }
  return groups;
}

std::string signed_bytes_pattern() {
  return fmt::format("()({})() ?(bytes?|(?-i:B))\\b", kNumberPattern);
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
  const std::optional<double> first = written_number(without_currency(low));
  const std::optional<double> second = high.empty() ? first : written_number(without_currency(high));
  if (!first || !second) return std::nullopt;
  // "10-5" is no range; its first number counts.
  return *second < *first ? Quantity{*first, *first, ""} : Quantity{*first, *second, ""};
}

std::optional<Quantity> value_of(const ValueGroups& groups) {
  if (!groups.span.empty()) return has_clock(groups.span) ? clock_duration(groups.span) : sum_of_parts(groups.span);
  std::optional<Quantity> value = range_of(groups.low, groups.high);
  if (!value) return std::nullopt;
  std::string_view unit = groups.unit;
  const double multiplier = take_multiplier(unit);
  return Quantity{value->low * multiplier, value->high * multiplier, unit_called(unit)};
}

Dimension dimension_of(const ValueGroups& groups) {
  static const RegularExpression electric("^([numkMG]?)(A|W|J|Wh|Ah|Hz)$");
  static const RegularExpression money("^(?:US)?([$]|\u20ac|\u00a3)");
  if (!groups.span.empty()) return {"time", 1};
  if (const auto sign = money.first_match(groups.low)) return {std::string((*sign)[1]), 1};
  std::string_view unit = groups.unit;
  take_multiplier(unit);
  const std::string called = unit_called(unit);
  if (called == "%") return {"%", 1};
  if (conversion_factor(called, "s")) return {"time", 1};
  if (conversion_factor(called, "B")) return {"size", 1};
  if (const auto found = electric.first_match(unit)) {
    constexpr std::string_view kPrefixes = "num-kMG";
    const std::string_view prefix = (*found)[1];
    const std::size_t place = prefix.empty() ? 3 : kPrefixes.find(prefix);
    return {std::string((*found)[2]), std::pow(1000.0, static_cast<double>(place) - 3)};
  }
  std::string name = in_lower_case(unit);
  static const RegularExpression several("^[a-z]{3,}s$");
  if (several.first_match(name)) name.pop_back();
  return {std::move(name), 1};
}

std::optional<TwoValues> two_values(const ValueGroups& earlier, const ValueGroups& later) {
  std::optional<Quantity> before = value_of(earlier);
  const std::optional<Quantity> after = value_of(later);
  if (!before || !after) return std::nullopt;
  Dimension old_one = dimension_of(earlier);
  const Dimension new_one = dimension_of(later);
  TwoValues values = {*before, *after, !old_one.name.empty() || !new_one.name.empty()};
  if (old_one.name.empty() && values.has_unit) {
    // "21.30 to 21.39 MB" names the unit once.
    values.before.unit = after->unit;
    // So does "2 to 5 million requests/s" name "million", but not "2M to 5M requests/s".
    std::string_view own = earlier.unit;
    const bool has_own = take_multiplier(own) > 1;
    std::string_view unit = later.unit;
    const double multiplier = has_own ? 1 : take_multiplier(unit);
    values.before.low *= multiplier;
    values.before.high *= multiplier;
    return values;
  }
  if (new_one.name.empty() && values.has_unit) {
    values.after.unit = before->unit;
    return values;
  }
  if (old_one.name != new_one.name) return std::nullopt;
  if (const auto same = converted(values.before, after->unit)) values.before = *same;
  const double scale = old_one.factor / new_one.factor;
  values.before.low *= scale;
  values.before.high *= scale;
  return values;
}

std::optional<Quantity> figure_in(std::string_view text) {
  static const RegularExpression figure("(?i)^[^0-9]{0,3}?" + loose_value_pattern() + "[^0-9]*$");
  const auto found = figure.first_match(text);
  if (!found) return std::nullopt;
  return value_of({(*found)[1], (*found)[2], (*found)[3], (*found)[4]});
}

bool has_clock(std::string_view text) {
  static const RegularExpression clock("[0-9]:[0-5][0-9]");
  return clock.first_match(text).has_value();
}

std::optional<Quantity> converted(const Quantity& quantity, std::string_view unit) {
  if (quantity.unit == unit) return quantity;
  if (quantity.unit.empty() || unit.empty()) return std::nullopt;
  const std::optional<double> factor = conversion_factor(quantity.unit, unit);
  if (!factor) return std::nullopt;
  return Quantity{quantity.low * *factor, quantity.high * *factor, std::string(unit)};
}

}  // namespace assay::adversary
