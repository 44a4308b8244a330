#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "experiments/report/comparison_words.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/ruling.hpp"

namespace assay::report {
namespace {

/// Places of the columns in a row.
enum Place : std::size_t { kName, kEffect, kInterval, kBlocks, kRuling, kPlaces };
using Row = std::array<std::string, kPlaces>;

std::string name_of(const Plan& plan, const Comparison& comparison) {
  std::string cell = cell_title(plan, comparison.cell);
  if (arm_count(plan) == 2) return cell;
  return (cell.empty() ? "" : cell + ", ") + arm_name(plan, comparison.treatment);
}

std::string interval_cell(const Comparison& comparison, const ShownEffect& effect) {
  if (is_exact(primary_result(comparison))) return "exact";
  return fmt::format("{}: {}", effect.confidence, effect.text.interval);
}

Row row_of(const Plan& plan, const Comparison& comparison, const TextStyle& style) {
  const std::optional<ShownEffect> effect = shown_effect(plan, comparison, style);
  return {shorten(name_of(plan, comparison), 32), effect ? effect->text.summary : "-",
          effect ? interval_cell(comparison, *effect) : "-", extent_text(plan, comparison),
          ruling_text(plan, comparison, style)};
}

void clear(std::vector<Row>& rows, Place place) {
  for (Row& row : rows) row.at(place).clear();
}

/// Widths of the columns; an empty column has none.
std::array<int, kPlaces> widths_of(const std::vector<Row>& rows) {
  std::array<int, kPlaces> widths{};
  for (const Row& row : rows) {
    for (std::size_t place = 0; place < kPlaces; ++place) {
      widths[place] = std::max(widths[place], display_width(row[place]));
    }
  }
  return widths;
}

int sum_of(const std::array<int, kPlaces>& widths) {
  int sum = 0;
  for (const int width : widths) sum += width == 0 ? 0 : 2 + width;
  return sum;
}

}  // namespace

std::string comparison_table(const Plan& plan, const std::vector<Comparison>& comparisons, const TextStyle& style) {
  std::vector<Row> rows;
  rows.reserve(comparisons.size());
  for (const Comparison& comparison : comparisons) rows.push_back(row_of(plan, comparison, style));
  for (const Place place : {kInterval, kBlocks}) {
    if (sum_of(widths_of(rows)) > style.width) clear(rows, place);
  }
  const std::array<int, kPlaces> widths = widths_of(rows);
  std::string lines;
  for (const Row& row : rows) {
    for (std::size_t place = 0; place < kRuling; ++place) {
      if (widths[place] > 0) lines += "  " + pad_right(row[place], widths[place]);
    }
    lines += "  " + row[kRuling] + '\n';
  }
  return lines;
}

}  // namespace assay::report
