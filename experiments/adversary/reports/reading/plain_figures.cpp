#include "experiments/adversary/reports/reading/plain_figures.hpp"

#include <fmt/format.h>

#include "core/text/regular_expression.hpp"
#include "experiments/adversary/reports/reading/quantities.hpp"

namespace assay::adversary {
namespace {

/// Without addresses on the web, whose numbers measure nothing, and which part two figures: "12s https://... -> 6s".
std::string without_addresses(std::string_view text) {
  static const RegularExpression address("( ?)https?://[^\\s()<>|\\]\"']+");
  std::string result;
  while (const auto found = address.first_match(text)) {
    result += text.substr(0, static_cast<std::size_t>((*found)[0].data() - text.data()));
    text.remove_prefix(static_cast<std::size_t>((*found)[0].data() - text.data()) + (*found)[0].size());
  }
  return result + std::string(text);
}

/// The text with each match of the expression reduced to what its first group matched and the text behind that.
std::string replaced(std::string_view text, const RegularExpression& expression, std::string_view by) {
  std::string result;
  while (const auto found = expression.first_match(text)) {
    const std::string_view kept = (*found)[1];
    result += text.substr(0, static_cast<std::size_t>(kept.data() - text.data()) + kept.size());
    result += by;
    text.remove_prefix(static_cast<std::size_t>((*found)[0].data() - text.data()) + (*found)[0].size());
  }
  return result + std::string(text);
}

}  // namespace

std::string with_plain_figures(std::string_view document) {
  static const RegularExpression percent("(?i)([0-9])(?: |-)?(?:percent|per cent|pct)\\b");
  // Behind a unit the error has one of its own; behind a bare number the unit of both may follow.
  const std::string error = fmt::format(" *(?:\xc2\xb1|\\+/-|\\+-) *{}", kNumberPattern);
  static const RegularExpression behind_unit("([0-9] ?(?:[a-zA-Z]{1,3}(?:/[a-z]+)?|%))" + error +
                                             " ?(?:[a-zA-Z]{1,3}(?:/[a-z]+)?\\b|%|)");
  static const RegularExpression behind_number("([0-9])" + error + "(?: ?%)?");
  return replaced(replaced(replaced(without_addresses(document), percent, " %"), behind_unit, ""), behind_number, "");
}

}  // namespace assay::adversary
