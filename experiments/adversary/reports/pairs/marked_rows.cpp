#include "experiments/adversary/reports/pairs/marked_rows.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>

#include "experiments/adversary/reports/pairs/columns.hpp"
#include "experiments/adversary/reports/pairs/measured_row.hpp"
#include "experiments/adversary/reports/reading/effect_words.hpp"

namespace assay::adversary {
namespace {

/// Rows further apart are those of different tables.
constexpr int kFarthestLines = 40;

struct MarkedName {
  std::string name;  ///< without the mark, in lower case
  bool is_old = false;
  std::size_t figures_from = 0;
};

/// The name at the front of a line and its mark; std::nullopt if it has no mark, or one for each side.
std::optional<MarkedName> marked_name(std::string_view line) {
  static const RegularExpression front("^[^0-9]{0,2}[A-Za-z(\\[][^ |]*(?: [A-Za-z(\\[][^ |]*){0,4}");
  static const RegularExpression mark(
      "(?i)(?:^|[ (\\[_/.-])(?:"
      "(old|before|base|baseline|main|master|unpatched|stock|control|original|existing|legacy|previous|unoptimi[sz]ed)|"
      "(new|after|patched|this pr|pr|branch|treatment|current|optimi[sz]ed))(?:[ )\\]_/.|-]|$)");
  const auto name = front.first_match(line);
  if (!name) return std::nullopt;
  // Numbers that are no figures belong to the name: "current 256 exports: 7_073 ops/s".
  const auto row = measured_row(line);
  const std::string_view text = line.substr(0, std::max(row ? row->figure_at : 0, (*name)[0].size()));
  const auto found = mark.first_match(text);
  if (!found) return std::nullopt;
  const auto place = static_cast<std::size_t>((*found)[0].data() - text.data());
  const std::string_view rest = text.substr(place + (*found)[0].size());
  MarkedName marked = {"", !(*found)[1].empty(), static_cast<std::size_t>(text.data() - line.data()) + text.size()};
  for (const std::string_view part : {text.substr(0, place), rest}) {
    for (const char letter : part) {
      const auto one = static_cast<unsigned char>(letter);
      if (std::isalnum(one) != 0) marked.name += static_cast<char>(std::tolower(one));
    }
  }
  return marked;
}

/// The figures of a line as they are written, each with its unit.
std::vector<std::string> figures_of(std::string_view line) {
  static const RegularExpression figure("(?i)(?:^|[ |:=(])(" + loose_value_pattern() + ")(?:[ |,;)]|$)");
  std::vector<std::string> figures;
  constexpr std::size_t kMost = 16;
  while (figures.size() < kMost) {
    const auto found = figure.first_match(line);
    if (!found) break;
    figures.emplace_back((*found)[1]);
    const auto end = static_cast<std::size_t>((*found)[1].data() - line.data()) + (*found)[1].size();
    line.remove_prefix(std::max<std::size_t>(end, 1));
  }
  return figures;
}

/// Blanks one by one, so that a unit stands behind its figure: "1843.220 +- 21.118  ops/ms".
std::string with_single_blanks(std::string_view text) {
  std::string single;
  for (const char letter : text) {
    const bool is_blank = letter == ' ' || letter == '\t';
    if (is_blank && !single.empty() && single.back() == ' ') continue;
    single += is_blank ? ' ' : letter;
  }
  return single;
}

std::optional<TwoValues> values_between(const std::string& before, const std::string& after) {
  const auto old_one = figure_of_cell(before);
  const auto new_one = figure_of_cell(after);
  return old_one && new_one ? two_values(*old_one, *new_one) : std::nullopt;
}

}  // namespace

std::vector<Statement> MarkedRows::take_line(const Passage& passage, std::size_t offset, const std::string& raw) {
  const std::string line = with_single_blanks(raw);
  const auto marked = marked_name(line);
  if (!marked) return {};
  const std::string text = with_single_blanks(without_error(line.substr(marked->figures_from)));
  Row row = {figures_of(text), marked->is_old, line_at(passage, offset + raw.size() - 1)};
  if (row.figures.empty()) return {};
  const auto known = rows_.find(marked->name);
  const bool has_other = known != rows_.end() && known->second.is_old != row.is_old &&
                         row.line - known->second.line <= kFarthestLines &&
                         known->second.figures.size() == row.figures.size();
  if (!has_other) {
    rows_[marked->name] = std::move(row);
    return {};
  }
  const Row other = std::move(known->second);
  rows_.erase(known);
  const Row& old_row = row.is_old ? row : other;
  const Row& new_row = row.is_old ? other : row;
  std::vector<Statement> found;
  for (std::size_t place = 0; place < row.figures.size(); ++place) {
    const auto values = values_between(old_row.figures[place], new_row.figures[place]);
    // The head of the column, if there is one for each figure.
    const bool has_heads = passage.header.size() == row.figures.size() + 1;
    const std::string head = has_heads ? passage.header[place + 1] : "";
    const bool is_time_of_day = has_clock(row.figures[place]) && !has_time_word(line);
    const bool is_measured = values && !is_time_of_day &&
                             (values->has_unit || more_is_better(line + " " + head) || !unit_of_head(head).empty() ||
                              old_row.figures[place].find('.') != std::string::npos);
    if (!is_measured || values->before == values->after) continue;
    found.push_back({.kind = StatementKind::values,
                     .sign = sign_of_measure(values->before, values->after, head + " " + text, line),
                     .line = row.line,
                     .amount = values->after,
                     .before = values->before,
                     .quote = sentence_around(passage, offset)});
  }
  return found;
}

std::vector<Statement> MarkedRows::take(const Passage& passage) {
  std::vector<Statement> found;
  if (passage.kind == PassageKind::heading) rows_.clear();
  std::size_t offset = 0;
  while (offset < passage.text.size()) {
    const std::size_t length = std::min(passage.text.find('\n', offset), passage.text.size()) - offset;
    constexpr std::size_t kLongest = 400;
    if (length > 0 && length <= kLongest) {
      for (Statement& one : take_line(passage, offset, passage.text.substr(offset, length)))
        found.push_back(std::move(one));
    }
    offset += length + 1;
  }
  return found;
}

}  // namespace assay::adversary
