#include "experiments/adversary/reports/reading/table_lines.hpp"

#include <algorithm>

#include "core/text/regular_expression.hpp"

namespace assay::adversary {
namespace {

bool separates_header(std::string_view line) {
  static const RegularExpression row("^[ >\\t]*\\|?[ \\t]*:?-+:?[ \\t]*(?:\\|[ \\t]*:?-+:?[ \\t]*)*\\|?[ \\t]*\\r?$");
  static const RegularExpression item("^[ >\\t]*-[ \\t]");
  const bool has_cells = line.find('|') != std::string_view::npos;
  return has_cells && row.first_match(line).has_value() && !item.first_match(line).has_value();
}

void append_widened(std::string& text, std::string_view line) {
  constexpr std::size_t kLeastDashes = 3;
  while (!line.empty()) {
    const std::size_t dashes = std::min(line.find_first_not_of('-'), line.size());
    if (dashes > 0) text.append(std::max(dashes, kLeastDashes), '-');
    line.remove_prefix(dashes);
    const std::size_t others = std::min(line.find('-'), line.size());
    text += line.substr(0, others);
    line.remove_prefix(others);
  }
}

}  // namespace

std::string with_wide_delimiters(std::string_view document) {
  std::string text;
  text.reserve(document.size());
  while (!document.empty()) {
    const std::string_view line = document.substr(0, document.find('\n'));
    if (separates_header(line)) {
      append_widened(text, line);
    } else {
      text += line;
    }
    document.remove_prefix(line.size());
    if (document.empty()) break;
    text += '\n';
    document.remove_prefix(1);
  }
  return text;
}

}  // namespace assay::adversary
