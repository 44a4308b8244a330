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

/// How many treatments a table is about: a single one needs no name.
enum class Treatments { one, several };

Treatments treatments_of(const std::vector<Comparison>& comparisons) {
  const bool several = std::any_of(comparisons.begin(), comparisons.end(),
                                   [](const Comparison& comparison) { return comparison.treatment.index > 1; });
  return several ? Treatments::several : Treatments::one;
}

std::string name_of(const Comparison& comparison, Treatments treatments) {
  std::string cell = cell_title(comparison.cell);
  if (treatments == Treatments::one) return cell;
  return (cell.empty() ? "" : cell + ", ") + arm_name(comparison.treatment);
}

std::string interval_cell(const Comparison& comparison, const ShownEffect& effect) {
  if (is_exact(primary_result(comparison))) return "exact";
  return fmt::format("{}: {}", effect.confidence, effect.text.interval);
}

Row row_of(const Comparison& comparison, Treatments treatments, const TextStyle& style) {
  const std::optional<ShownEffect> effect = shown_effect(comparison, style);
  return {shorten(name_of(comparison, treatments), 32), effect ? effect->text.summary : "-",
          effect ? interval_cell(comparison, *effect) : "-", extent_text(comparison), ruling_text(comparison, style)};
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

std::string comparison_table(const std::vector<Comparison>& comparisons, const TextStyle& style) {
  std::vector<Row> rows;
  rows.reserve(comparisons.size());
  const Treatments treatments = treatments_of(comparisons);
  for (const Comparison& comparison : comparisons) rows.push_back(row_of(comparison, treatments, style));
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
