#include "core/units.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};

constexpr std::array kTimes = {Unit{"ns", 1},  Unit{"us", 1e3},   Unit{"µs", 1e3},   Unit{"ms", 1e6},
                               Unit{"s", 1e9}, Unit{"min", 60e9}, Unit{"h", 3600e9}, Unit{"d", 86400e9}};
constexpr std::array kSizes = {Unit{"B", 1},         Unit{"kB", 1e3},         Unit{"MB", 1e6},
                               Unit{"GB", 1e9},      Unit{"TB", 1e12},        Unit{"KiB", 1024},
                               Unit{"MiB", 1048576}, Unit{"GiB", 1073741824}, Unit{"TiB", 1099511627776}};

struct Quantity {
  double value;
  std::string_view unit;
};

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Takes one number and the letters after it from the front of the text; std::nullopt if there is no number.
std::optional<Quantity> take_quantity(std::string_view& text) {
  text = without_blanks(text);
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (failure != std::errc{} || !std::isfinite(value)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  text = without_blanks(text);
  std::size_t length = 0;
  while (length < text.size() && text[length] != ' ' && !(text[length] >= '0' && text[length] <= '9')) ++length;
  const Quantity quantity{value, text.substr(0, length)};
  text.remove_prefix(length);
  return quantity;
}

template <std::size_t Size>
std::optional<double> factor_of(const std::array<Unit, Size>& units, std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return unit.factor;
  }
  return std::nullopt;
}

constexpr double kLargest = 9e18;  // of an int64

/// The sum of all quantities in the text, in the base unit; std::nullopt if the text does not consist of quantities.
template <std::size_t Size>
std::optional<double> sum_of(const std::array<Unit, Size>& units, std::string_view text) {
  double sum = 0;
  do {
    const std::optional<Quantity> quantity = take_quantity(text);
    if (!quantity || quantity->value < 0) return std::nullopt;
    const std::optional<double> factor = factor_of(units, quantity->unit);
    if (!factor) return std::nullopt;
    sum += quantity->value * *factor;
  } while (!without_blanks(text).empty());
  return sum <= kLargest ? std::optional(sum) : std::nullopt;
}

/// Other names that tools give to the units above.
constexpr std::array kOtherTimes = {
    Unit{"μs", 1e3},   Unit{"nsec", 1},     Unit{"usec", 1e3},    Unit{"msec", 1e6},     Unit{"sec", 1e9},
    Unit{"secs", 1e9}, Unit{"second", 1e9}, Unit{"seconds", 1e9}, Unit{"minutes", 60e9}, Unit{"hours", 3600e9}};
constexpr std::array kOtherSizes = {Unit{"KB", 1e3}, Unit{"bytes", 1}, Unit{"byte", 1}};
constexpr std::array kPrefixes = {Unit{"k", 1e3}, Unit{"K", 1e3}, Unit{"M", 1e6}, Unit{"G", 1e9}, Unit{"T", 1e12}};

enum class Dimension { time, size, rate };

struct KnownUnit {
  Dimension dimension;
  double factor;
};

std::optional<KnownUnit> known_unit(std::string_view text) {
  for (const auto& factor : {factor_of(kTimes, text), factor_of(kOtherTimes, text)}) {
    if (factor) return KnownUnit{Dimension::time, *factor};
  }
  for (const auto& factor : {factor_of(kSizes, text), factor_of(kOtherSizes, text)}) {
    if (factor) return KnownUnit{Dimension::size, *factor};
  }
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::optional<KnownUnit> size = known_unit(text.substr(0, slash));
  const std::optional<KnownUnit> time = known_unit(text.substr(slash + 1));
  if (!size || !time || size->dimension != Dimension::size || time->dimension != Dimension::time) return std::nullopt;
  return KnownUnit{Dimension::rate, size->factor / time->factor};
}

/// A unit with or without a prefix for thousands: {"req/s", 1000} for "kreq/s".
std::vector<Unit> readings_with_prefix(std::string_view text) {
  std::vector<Unit> readings = {{text, 1}};
  for (const Unit& prefix : kPrefixes) {
    if (text.starts_with(prefix.name)) {
      readings.push_back({without_blanks(text.substr(prefix.name.size())), prefix.factor});
    }
  }
  return readings;
}

std::string with_digits(double value) {
  const double magnitude = std::fabs(value);
  const int decimals = magnitude >= 99.95 || magnitude == 0 ? 0 : magnitude >= 9.995 ? 1 : 2;
  return fmt::format("{:.{}f}", value, decimals);
}

/// Beyond these magnitudes no unit is readable.
constexpr double kLongest = 1e12;    // of seconds, 30,000 years
constexpr double kShortest = 1e-12;  // a thousandth of 1 ns
constexpr double kMostBytes = 1e16;

std::string format_seconds(double seconds) {
  const double magnitude = std::fabs(seconds);
  if (magnitude >= kLongest || (magnitude > 0 && magnitude < kShortest)) return fmt::format("{:.3g} s", seconds);
  if (magnitude >= 600) {
    const auto whole = std::llround(seconds);
    if (magnitude >= 36000) return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
    return fmt::format("{} min {} s", whole / 60, whole % 60);
  }
  if (magnitude >= 1 || magnitude == 0) return with_digits(seconds) + " s";
  if (magnitude >= 1e-3) return with_digits(seconds * 1e3) + " ms";
  if (magnitude >= 1e-6) return with_digits(seconds * 1e6) + " us";
  return with_digits(seconds * 1e9) + " ns";
}

}  // namespace

nanoseconds parse_duration(std::string_view text) {
  const std::optional<double> sum = sum_of(kTimes, text);
  if (!sum) {
    throw Error(fmt::format(
        "\"{}\" is not a time: expected a number with its unit (ns, us, ms, s, min, h, d), for example \"90 s\"",
        text));
  }
  return nanoseconds(std::llround(*sum));
}

Bytes parse_bytes(std::string_view text) {
  const std::optional<double> sum = sum_of(kSizes, text);
  if (!sum) {
    throw Error(
        fmt::format("\"{}\" is not a size: expected a number with its unit (B, kB, MB, GB, TB, KiB, MiB, GiB, "
                    "TiB), for example \"512 MiB\"",
                    text));
  }
  return Bytes{std::llround(*sum)};
}

Percent parse_percent(std::string_view text) {
  std::string_view rest = text;
  const std::optional<Quantity> quantity = take_quantity(rest);
  if (!quantity || quantity->unit != "%" || !without_blanks(rest).empty()) {
    throw Error(fmt::format("\"{}\" is not a percentage: expected a number with its sign, for example \"3%\"", text));
  }
  return Percent{quantity->value};
}

bool is_unit(std::string_view text) {
  return known_unit(text).has_value();
}

std::optional<double> conversion_factor(std::string_view from, std::string_view to) {
  const std::optional<KnownUnit> known = known_unit(from);
  const std::optional<KnownUnit> wanted = known_unit(to);
  if (known && wanted) {
    return known->dimension == wanted->dimension ? std::optional(known->factor / wanted->factor) : std::nullopt;
  }
  if (known || wanted) {
    const bool is_count = !known && wanted->dimension != Dimension::time;
    return is_count ? factor_of(kPrefixes, from) : std::nullopt;
  }
  if (const std::optional<double> thousands = factor_of(kPrefixes, from)) return thousands;
  for (const Unit& one : readings_with_prefix(from)) {
    for (const Unit& other : readings_with_prefix(to)) {
      if (!one.name.empty() && one.name == other.name) return one.factor / other.factor;
    }
  }
  return std::nullopt;
}

std::string format_duration(nanoseconds duration) {
  return format_seconds(static_cast<double>(duration.count()) / 1e9);
}

std::string format_bytes(double bytes) {
  const double magnitude = std::fabs(bytes);
  if (magnitude >= kMostBytes) return fmt::format("{:.3g} B", bytes);
  if (magnitude >= 1e12) return with_digits(bytes / 1e12) + " TB";
  if (magnitude >= 1e9) return with_digits(bytes / 1e9) + " GB";
  if (magnitude >= 1e6) return with_digits(bytes / 1e6) + " MB";
  if (magnitude >= 1e3) return with_digits(bytes / 1e3) + " kB";
  return fmt::format("{:.0f} B", bytes);
}

std::string format_quantity(double value, std::string_view unit) {
  if (unit == "s") return format_seconds(value);
  if (unit == "B") return format_bytes(value);
  const std::string number = fmt::format("{:.4g}", value);
  return unit.empty() ? number : fmt::format("{} {}", number, unit);
}

std::string format_change(double percent) {
  const double magnitude = std::fabs(percent);
  const int decimals = magnitude >= 99.95 ? 0 : magnitude >= 0.0995 || magnitude == 0 ? 1 : 2;
  return fmt::format("{:+.{}f} %", percent, decimals);
}

}  // namespace assay
