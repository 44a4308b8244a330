#include "experiments/report/box_plot.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include <fmt/format.h>

#include "core/assert.hpp"

namespace assay::report {
namespace {

struct Glyphs {
  std::string_view left_end, right_end, whisker, box_left, box, box_right, median;
};
constexpr Glyphs kAscii = {"|", "|", "-", "[", "=", "]", "|"};
constexpr Glyphs kUnicode = {"├", "┤", "─", "▐", "▒", "▌", "┃"};

/// Column of a value on the scale, from 0 to columns - 1.
int column_of(double value, const PlotScale& scale, int columns) {
  const double share = (std::clamp(value, scale.low, scale.high) - scale.low) / (scale.high - scale.low);
  return static_cast<int>(std::lround(share * (columns - 1)));
}

}  // namespace

PlotScale plot_scale(const std::vector<ArmSummary>& arms) {
  PlotScale scale{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const ArmSummary& arm : arms) {
    if (arm.count == 0) continue;
    const double reach = 3 * (arm.upper_quartile - arm.lower_quartile);
    scale.low = std::min(scale.low, std::max(arm.minimum, arm.lower_quartile - reach));
    scale.high = std::max(scale.high, std::min(arm.maximum, arm.upper_quartile + reach));
  }
  return scale;
}

std::string plot_legend(const TextStyle& style) {
  const Glyphs& glyphs = style.unicode ? kUnicode : kAscii;
  return fmt::format("{}{} all trials  {}{}{} middle half  {} median", glyphs.left_end, glyphs.whisker, glyphs.box_left,
                     glyphs.box, glyphs.box_right, glyphs.median);
}

std::string box_plot(const ArmSummary& arm, const PlotScale& scale, int columns, const TextStyle& style) {
  ASSAY_ASSERT(columns >= 5 && scale.high > scale.low && arm.count > 0);
  const Glyphs& glyphs = style.unicode ? kUnicode : kAscii;
  std::vector<std::string_view> cells(static_cast<std::size_t>(columns), " ");
  const auto draw = [&](int from, int to, std::string_view glyph) {
    for (int column = from; column <= to; ++column) cells[static_cast<std::size_t>(column)] = glyph;
  };
  const int first = column_of(arm.minimum, scale, columns);
  const int last = column_of(arm.maximum, scale, columns);
  const int box_first = column_of(arm.lower_quartile, scale, columns);
  const int box_last = column_of(arm.upper_quartile, scale, columns);
  const int median = column_of(arm.median, scale, columns);
  draw(first, last, glyphs.whisker);
  draw(first, first, arm.minimum < scale.low ? "<" : glyphs.left_end);
  draw(last, last, arm.maximum > scale.high ? ">" : glyphs.right_end);
  draw(box_first, box_last, glyphs.box);
  if (box_last - box_first >= 2) {
    draw(box_first, box_first, glyphs.box_left);
    draw(box_last, box_last, glyphs.box_right);
  }
  draw(median, median, glyphs.median);
  std::string text;
  for (const std::string_view cell : cells) text += cell;
  return text;
}

}  // namespace assay::report
