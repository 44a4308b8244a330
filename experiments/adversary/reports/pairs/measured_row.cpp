#include "experiments/adversary/reports/pairs/measured_row.hpp"

#include <algorithm>
#include <cctype>

#include "core/text/regular_expression.hpp"

namespace assay::adversary {
namespace {

std::string in_one_spelling(std::string_view text) {
  std::string name;
  for (const char letter : text) {
    const auto one = static_cast<unsigned char>(letter);
    const bool is_kept = std::isalnum(one) != 0 || letter == '_' || letter == '.' || letter == '/' || letter == '-';
    if (is_kept) name += static_cast<char>(std::tolower(one));
    if (!is_kept && !name.empty() && name.back() != ' ') name += ' ';
  }
  while (!name.empty() && name.back() == ' ') name.pop_back();
  return name;
}

}  // namespace

std::optional<MeasuredRow> measured_row(std::string_view line) {
  static const RegularExpression figure("(?i)(?:^|[\\s:=|(~])" + loose_value_pattern() + "(?:[\\s,;)|]|$)");
  constexpr std::size_t kLongestName = 100;
  constexpr int kMostNumbers = 8;
  std::size_t from = 0;
  for (int number = 0; number < kMostNumbers && from < line.size(); ++number) {
    const auto found = figure.first_match(line.substr(from));
    if (!found) return std::nullopt;
    const ValueGroups groups = {(*found)[1], (*found)[2], (*found)[3], (*found)[4]};
    const std::string_view begin = groups.span.empty() ? groups.low : groups.span;
    const auto place = static_cast<std::size_t>(begin.data() - line.data());
    const bool has_decimals = groups.low.find('.') != std::string_view::npos;
    if (has_decimals || !dimension_of(groups).name.empty()) {
      std::string name = in_one_spelling(line.substr(0, place));
      const std::optional<Quantity> value = value_of(groups);
      if (name.empty() || name.size() > kLongestName || !value) return std::nullopt;
      return MeasuredRow{std::move(name), place, groups.unit, *value};
    }
    from = place + std::max<std::size_t>(begin.size(), 1);
  }
  return std::nullopt;
}

}  // namespace assay::adversary
