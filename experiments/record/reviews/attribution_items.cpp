#include "experiments/record/reviews/attribution_items.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "experiments/record/reviews/attribution_figures.hpp"

namespace assay::record {
namespace {

/// Whether both are about the same place of the document.
bool is_of_same_place(const AttributionFigure& figure, const ReviewItem& item) {
  return figure.aspect == item.aspect && figure.of == item.of && figure.name == item.name;
}

ReviewItem item_of(const AttributionFigure& figure) {
  return {.aspect = figure.aspect, .of = figure.of, .name = figure.name};
}

ReviewFault fault_of(const ReviewItem& item) {
  if (item.stated == item.found) return ReviewFault::none;
  if (item.stated.empty()) return ReviewFault::missing;
  return item.found.empty() ? ReviewFault::gone : ReviewFault::differs;
}

}  // namespace

std::vector<ReviewItem> attribution_items(std::string_view computed, std::string_view stated) {
  const std::vector<AttributionFigure> given = attribution_figures(computed);
  if (given.empty()) return {};
  std::vector<ReviewItem> items;
  for (const AttributionFigure& figure : given) {
    items.push_back(item_of(figure));
    items.back().found = figure.text;
  }
  for (const AttributionFigure& figure : attribution_figures(stated)) {
    auto item = std::find_if(items.begin(), items.end(),
                             [&figure](const ReviewItem& one) { return is_of_same_place(figure, one); });
    if (item == items.end()) item = items.insert(items.end(), item_of(figure));
    if (item->stated.empty()) item->stated = figure.text;
  }
  for (ReviewItem& item : items) item.fault = fault_of(item);
  return items;
}

std::string flaw_in_attribution_items(std::string_view computed, const std::vector<ReviewItem>& items) {
  const std::vector<AttributionFigure> given = attribution_figures(computed);
  for (std::size_t index = 0; index < items.size(); ++index) {
    const ReviewItem& item = items[index];
    const bool is_given = index < given.size();
    if (is_given ? !is_of_same_place(given[index], item) : !item.found.empty()) {
      return fmt::format("/payload/items/{}: the trials give no such figure", index);
    }
    if (is_given && given[index].text != item.found) {
      return fmt::format("/payload/items/{}/found: recorded {}, computed {}", index, item.found, given[index].text);
    }
    if (item.fault != fault_of(item)) return fmt::format("/payload/items/{}/fault: not what its texts say", index);
  }
  if (items.size() >= given.size()) return "";
  return fmt::format("/payload/items: {} figures, and the trials give {}", items.size(), given.size());
}

}  // namespace assay::record
