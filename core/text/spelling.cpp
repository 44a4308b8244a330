#include "core/text/spelling.hpp"

#include <algorithm>
#include <cstddef>

namespace assay {
namespace {

/// Edits that turn one word into the other. Keeps three rows of the table: a swap looks two rows back.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row_before_last(to.size() + 1);
  std::vector<std::size_t> last_row(to.size() + 1);
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t column = 0; column <= to.size(); ++column) row[column] = column;
  for (std::size_t line = 1; line <= from.size(); ++line) {
    row_before_last.swap(last_row);
    last_row.swap(row);
    row[0] = line;
    for (std::size_t column = 1; column <= to.size(); ++column) {
      const std::size_t change = from[line - 1] == to[column - 1] ? 0 : 1;
      row[column] = std::min({last_row[column] + 1, row[column - 1] + 1, last_row[column - 1] + change});
      const bool swapped =
          line > 1 && column > 1 && from[line - 1] == to[column - 2] && from[line - 2] == to[column - 1];
      if (swapped) row[column] = std::min(row[column], row_before_last[column - 2] + 1);
    }
  }
  return row[to.size()];
}

}  // namespace

std::string_view nearest_word(std::string_view text, const std::vector<std::string_view>& words) {
  std::string_view nearest;
  std::size_t smallest = 0;
  for (const std::string_view word : words) {
    const std::size_t edits = distance(text, word);
    const std::size_t allowed = std::max<std::size_t>(1, std::max(text.size(), word.size()) / 3);
    if (edits > allowed || edits >= word.size()) continue;
    if (nearest.empty() || edits < smallest) {
      nearest = word;
      smallest = edits;
    }
  }
  return nearest;
}

std::string did_you_mean(std::string_view text, const std::vector<std::string_view>& words) {
  const std::string_view nearest = nearest_word(text, words);
  return nearest.empty() ? "" : "; did you mean \"" + std::string(nearest) + "\"?";
}

}  // namespace assay
