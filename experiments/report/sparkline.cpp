#include "experiments/report/sparkline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "experiments/report/effect_text.hpp"
#include "experiments/report/naming.hpp"

namespace assay::report {
namespace {

constexpr int kMostMarks = 60;
constexpr int kFewestMarks = 10;
constexpr int kWordsBeside = 50;  ///< columns of what is said before and after the marks
constexpr std::array<std::string_view, 8> kBlocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 8> kLevelDigits = {"1", "2", "3", "4", "5", "6", "7", "8"};

/// The median of the finite ones, the upper of two in the middle; infinite if a failed trial is among them.
double mark_of(std::span<const double> effects) {
  std::vector<double> sorted(effects.begin(), effects.end());
  const auto failed = std::find_if(sorted.begin(), sorted.end(), [](double effect) { return std::isinf(effect); });
  if (failed != sorted.end()) return *failed;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  return *middle;
}

std::string drawn(const std::vector<double>& marks, const Interval& range, const TextStyle& style) {
  const auto& levels = style.unicode ? kBlocks : kLevelDigits;
  std::string line;
  for (const double mark : marks) {
    if (std::isinf(mark)) {
      line += 'x';
      continue;
    }
    const double share = range.high > range.low ? (mark - range.low) / (range.high - range.low) : 0.5;
    line += levels[std::min(levels.size() - 1, static_cast<std::size_t>(share * static_cast<double>(levels.size())))];
  }
  return line;
}

}  // namespace

std::string effect_sparkline(const Comparison& comparison, std::span<const double> effects, const TextStyle& style) {
  if (comparison.metrics.empty() || effects.empty()) return "";
  const Metric& metric = primary_result(comparison).metric;
  const auto columns = static_cast<std::size_t>(std::clamp(style.width - kWordsBeside, kFewestMarks, kMostMarks));
  const std::size_t each = (effects.size() + columns - 1) / columns;
  std::vector<double> marks;
  for (std::size_t first = 0; first < effects.size(); first += each) {
    marks.push_back(mark_of(effects.subspan(first, std::min(each, effects.size() - first))));
  }
  Interval range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  std::size_t finite = 0;
  for (const double mark : marks) {
    if (std::isinf(mark)) continue;
    range = {std::min(range.low, mark), std::max(range.high, mark)};
    ++finite;
  }
  if (finite < 2) return "";
  const std::string what = each == 1 ? "effect of each block" : fmt::format("effects, {} blocks a mark", each);
  return fmt::format("  {}  {}  {} to {}\n", toned(what, Tone::quiet, style), drawn(marks, range, style),
                     effect_change_text(metric, range.low, style.time_unit),
                     effect_change_text(metric, range.high, style.time_unit));
}

}  // namespace assay::report
