#include "experiments/report/quantity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace assay::report {
namespace {

struct Step {
  double from;  ///< smallest magnitude that is shown in this unit
  double factor;
  std::string_view unit;
};
constexpr std::array kTimeSteps = {Step{36000, 3600, "h"}, Step{600, 60, "min"},   Step{1, 1, "s"},
                                   Step{1e-3, 1e-3, "ms"}, Step{1e-6, 1e-6, "us"}, Step{0, 1e-9, "ns"}};
constexpr std::array kByteSteps = {Step{1e12, 1e12, "TB"}, Step{1e9, 1e9, "GB"}, Step{1e6, 1e6, "MB"},
                                   Step{1e3, 1e3, "kB"}, Step{0, 1, "B"}};

template <std::size_t Size>
DisplayScale choose(const std::array<Step, Size>& steps, double value) {
  const double magnitude = std::fabs(value);
  const auto step =
      std::find_if(steps.begin(), steps.end(), [&](const Step& candidate) { return magnitude >= candidate.from; });
  return {step->factor, std::string(step->unit)};
}

/// Magnitudes that are written out; those below and beyond take a power of ten, or few of their digits would be seen,
/// or hundreds. Counts of instructions are read digit by digit, so the upper one is large.
constexpr double kSmallestPlain = 1e-4;
constexpr double kLargestPlain = 1e12;

/// The power of ten of the first of three significant digits.
int exponent_of(double magnitude) {
  // A hair is added so that 9.996, which three digits show as 10.0, counts as 10.
  return static_cast<int>(std::floor(std::log10(magnitude) + std::log10(1.0005)));
}

/// Decimals that show three significant digits.
int decimals_for(double shown) {
  const double magnitude = std::fabs(shown);
  if (magnitude == 0 || !std::isfinite(magnitude)) return 0;
  return std::clamp(2 - exponent_of(magnitude), 0, 9);
}

/// The power of ten that figures of this size are written with; 0 if they are written without one.
int power_for(double shown) {
  const double magnitude = std::fabs(shown);
  const bool plain =
      magnitude == 0 || !std::isfinite(magnitude) || (magnitude >= kSmallestPlain && magnitude < kLargestPlain);
  return plain ? 0 : exponent_of(magnitude);
}

/// value / 10^power, in two steps, since 10^power alone may be out of range.
double divided(double value, int power) {
  const int half = power / 2;
  return value / std::pow(10.0, half) / std::pow(10.0, power - half);
}

/// Fixed notation without a negative zero.
std::string fixed(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  return is_zero && text.front() == '-' ? text.substr(1) : text;
}

/// "3.20", or with a power of ten "3.20e-9".
std::string digits(double shown, int decimals, int power) {
  const std::string number = fixed(divided(shown, power), decimals);
  return power == 0 ? number : fmt::format("{}e{}", number, power);
}

std::string with_unit(const std::string& number, const DisplayScale& scale) {
  return scale.unit.empty() ? number : number + ' ' + scale.unit;
}

/// Counts are whole: no decimals are made up for them.
int decimals_in(double shown, const DisplayScale& scale) {
  const bool whole = scale.factor == 1 && shown == std::floor(shown);
  return whole && (scale.unit.empty() || scale.unit == "B") ? 0 : decimals_for(shown);
}

std::string percent_digits(double magnitude) {
  const int decimals = magnitude >= 99.95 ? 0 : magnitude >= 0.0995 || magnitude < 0.005 ? 1 : 2;
  return fixed(magnitude, decimals);
}

}  // namespace

DisplayScale scale_for(double value, std::string_view unit, std::string_view time_unit) {
  if (unit == "B") return choose(kByteSteps, value);
  if (unit != "s") return {1, std::string(unit)};
  const auto fixed_step =
      std::find_if(kTimeSteps.begin(), kTimeSteps.end(), [&](const Step& step) { return step.unit == time_unit; });
  if (fixed_step != kTimeSteps.end()) return {fixed_step->factor, std::string(time_unit)};
  return value == 0 ? DisplayScale{1, "s"} : choose(kTimeSteps, value);
}

std::string quantity_text(double value, const DisplayScale& scale) {
  const double shown = value / scale.factor;
  const int power = power_for(shown);
  return with_unit(digits(shown, power == 0 ? decimals_in(shown, scale) : 2, power), scale);
}

std::string signed_quantity_text(double value, const DisplayScale& scale) {
  const std::string text = quantity_text(value, scale);
  return value > 0 ? '+' + text : text;
}

std::string spread_text(double value, double spread, const DisplayScale& scale, std::string_view plus_minus) {
  const double shown = value / scale.factor;
  const double shown_spread = spread / scale.factor;
  // Both take the same power, that of the larger where one of them cannot be written out.
  const double largest = std::max(std::fabs(shown), shown_spread);
  const bool value_leads = std::fabs(shown) >= kSmallestPlain && largest < kLargestPlain;
  const double leading = value_leads ? shown : largest;
  const int power = power_for(leading);
  int decimals = power != 0 ? 2 : decimals_in(shown == 0 ? shown : leading, scale);
  const double spread_digits = divided(shown_spread, power);
  while (spread_digits > 0 && decimals < 6 && spread_digits < 0.5 * std::pow(10.0, -decimals)) ++decimals;
  return with_unit(digits(shown, decimals, power) + std::string(plus_minus) + digits(shown_spread, decimals, power),
                   scale);
}

std::string change_text(double percent) {
  if (std::isinf(percent)) return "unbounded";
  const std::string digits = percent_digits(std::fabs(percent));
  const bool is_zero = digits == "0.0";
  return fmt::format("{}{} %", is_zero ? "" : percent < 0 ? "-" : "+", digits);
}

std::string amount_text(double percent) {
  return percent_digits(std::fabs(percent)) + " %";
}

std::string share_text(double fraction) {
  const std::string text = fmt::format("{:.4g} %", 100 * fraction);
  // Nearly all is not all.
  return text == "100 %" ? fmt::format("{:.10g} %", 100 * fraction) : text;
}

std::string ratio_text(double ratio, double decimals_of) {
  const int decimals = std::fabs(decimals_of - 1) < 0.1 ? 3 : decimals_of < 9.995 ? 2 : decimals_of < 99.95 ? 1 : 0;
  return fixed(ratio, decimals);
}

std::string beyond_one_text(double ratio) {
  const std::string text = ratio_text(ratio, ratio);
  if (ratio == 1 || !std::isfinite(ratio) || text != ratio_text(1, ratio)) return text;
  constexpr int kMostDecimals = 9;
  for (int decimals = 4; decimals <= kMostDecimals; ++decimals) {
    if (const std::string longer = fixed(ratio, decimals); longer != fixed(1, decimals)) return longer;
  }
  return text;
}

std::string count_text(int count, std::string_view singular) {
  return fmt::format("{} {}{}", count, singular, count == 1 ? "" : "s");
}

std::string rough_duration_text(double seconds) {
  if (seconds < 1) return "1 s";
  if (seconds < 90) return fmt::format("{:.0f} s", seconds);
  if (seconds < 5400) return fmt::format("{:.0f} min", seconds / 60);
  if (seconds < 36 * 3600.0) return fmt::format("{:.2g} h", seconds / 3600);
  return fmt::format("{:.0f} days", seconds / 86400);
}

int rounded_up(int count) {
  double step = 1;
  while (count / step >= 100) step *= 10;
  const double rounded = std::ceil(count / step) * step;
  return static_cast<int>(std::min(rounded, double{std::numeric_limits<int>::max()}));
}

}  // namespace assay::report
