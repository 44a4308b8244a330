#include "experiments/adversary/reports/pairs/aligned_tables.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/text/regular_expression.hpp"
#include "experiments/adversary/reports/pairs/columns.hpp"
#include "experiments/adversary/reports/reading/effect_words.hpp"

namespace assay::adversary {
namespace {

using Cells = std::vector<std::string>;

/// The parts of a line between two or more blanks, tabs or bars.
Cells cells_of(std::string_view line) {
  static const RegularExpression gap("[ \\r]*[|\\t][ |\\t\\r]*|  +|[ \\r]+$");
  Cells cells;
  while (!line.empty()) {
    const auto found = gap.first_match(line);
    const std::size_t length = found ? static_cast<std::size_t>((*found)[0].data() - line.data()) : line.size();
    if (length > 0) cells.emplace_back(line.substr(0, length));
    line.remove_prefix(length + (found ? (*found)[0].size() : 0));
  }
  return cells;
}

/// The words of a line, if it has two only.
Cells two_words_of(std::string_view line) {
  static const RegularExpression words("^\\s*(\\S+)\\s+(\\S+)\\s*$");
  const auto found = words.first_match(line);
  return found ? Cells{std::string((*found)[1]), std::string((*found)[2])} : Cells{};
}

bool is_figure_cell(const std::string& cell) {
  return figure_of_cell(cell).has_value();
}

/// How the lines below a head are read.
struct Head {
  Cells cells;
  bool is_spaced_once = false;  ///< its two words have one blank between them, and so have the rows
  std::string suffix_unit;      ///< benchstat: the unit to which "412.3m" adds a prefix; empty: no such suffixes
};

/// benchstat says the unit of all rows below, and "vs base" over the last column.
std::optional<Head> benchstat_head(std::string_view line) {
  static const RegularExpression form("([A-Za-z]+/(?:op|s))[ |]+([A-Za-z]+/(?:op|s)) +vs base");
  const auto found = form.first_match(line);
  if (!found) return std::nullopt;
  const std::string unit((*found)[1]);
  const std::string measured = unit == "sec/op" ? "time per op" : unit;
  return Head{{measured, "base", "new", "vs base"}, false, unit == "sec/op" ? "s" : unit};
}

std::optional<Head> head_in(std::string_view line) {
  if (auto head = benchstat_head(line)) return head;
  constexpr std::size_t kLongest = 400;
  if (line.size() > kLongest) return std::nullopt;
  Head head = {cells_of(line), false, ""};
  if (head.cells.size() < 2) head = {two_words_of(line), true, ""};
  const bool has_figure = std::any_of(head.cells.begin(), head.cells.end(), [](const std::string& cell) {
    static const RegularExpression figure("^[^A-Za-z]*[0-9][0-9.,]*[^A-Za-z]*$");
    return holds(figure, cell);
  });
  const bool names_sides = head.cells.size() >= 2 && !has_figure && !two_sides_of(head.cells).empty();
  return names_sides ? std::optional(std::move(head)) : std::nullopt;
}

/// "412.30m" of seconds as "412.30 ms", "1.2Ki" of bytes as "1.2 KiB".
std::string with_suffix_as_unit(const std::string& cell, const std::string& unit) {
  static const RegularExpression form("^([0-9.]+)((?:[num]|\xc2\xb5|[kKMGT]i?)?)$");
  const auto found = form.first_match(cell);
  if (!found) return cell;
  return fmt::format("{} {}{}", (*found)[1], (*found)[2], unit);
}

/// The cells of a line below the head, with one for each column; empty if it is no row.
Cells row_below(const Head& head, std::string_view line) {
  static const RegularExpression once("^\\s*(.*?)\\s+(\\S+)\\s+(\\S+)\\s*$");
  const std::string text = without_error(line);
  Cells cells = cells_of(text);
  if (head.is_spaced_once && cells.size() < 3) {
    const auto found = once.first_match(text);
    if (!found) return {};
    cells = {std::string((*found)[1]), std::string((*found)[2]), std::string((*found)[3])};
  }
  if (!head.suffix_unit.empty()) {
    for (std::size_t column = 1; column < cells.size() && column < 3; ++column) {
      cells[column] = with_suffix_as_unit(cells[column], head.suffix_unit);
    }
  }
  const auto figures = std::count_if(cells.begin(), cells.end(), is_figure_cell);
  return cells.size() >= 2 && figures >= 2 ? cells : Cells{};
}

/// The head's cells over those of the row: names of rows often have none.
Cells header_over(const Head& head, const Cells& row) {
  Cells header = head.cells;
  const std::vector<TwoColumns> sides = two_sides_of(header);
  const bool names_side_first = !sides.empty() && std::min(sides.front().old_one, sides.front().new_one) == 0;
  if (names_side_first && !is_figure_cell(row.front())) header.insert(header.begin(), "");
  header.resize(std::max(header.size(), row.size()));
  return header;
}

/// A line of a passage with the lines of its bytes.
Passage part_of(const Passage& whole, std::size_t offset, std::size_t length) {
  Passage part;
  part.kind = whole.kind;
  part.text = whole.text.substr(offset, length);
  const auto begin = whole.lines.begin() + static_cast<std::ptrdiff_t>(offset);
  part.lines.assign(begin, begin + static_cast<std::ptrdiff_t>(length));
  return part;
}

std::vector<Passage> lines_of(const Passage& passage) {
  std::vector<Passage> lines;
  std::size_t offset = 0;
  while (offset < passage.text.size()) {
    const std::size_t length = std::min(passage.text.find('\n', offset), passage.text.size()) - offset;
    if (length > 0) lines.push_back(part_of(passage, offset, length));
    offset += length + 1;
  }
  return lines;
}

/// Blanks at its front may come from an expanded tab, which is no part of the document.
int number_of(const Passage& line) {
  return line_at(line, line.text.size() - 1);
}

/// Reads line by line, and keeps the head of the table that they are in.
class AlignedRows {
 public:
  /// Turns the line into a row if it is one. \return whether it is a row or a head
  bool take(Passage& line) {
    const bool goes_on = head_ && number_of(line) <= last_line_ + 1;
    if (!goes_on) head_.reset();
    if (auto head = head_in(line.text)) {
      head_ = std::move(head);
      last_line_ = number_of(line);
      return true;
    }
    if (!head_) return false;
    static const RegularExpression rule("^[-=+| :]+$");
    Cells cells = row_below(*head_, line.text);
    const bool is_rule = holds(rule, line.text);
    if (cells.empty() && !is_rule) {
      head_.reset();
      return false;
    }
    last_line_ = number_of(line);
    if (is_rule) return true;
    line.kind = PassageKind::row;
    line.header = header_over(*head_, cells);
    line.cells = std::move(cells);
    return true;
  }

 private:
  std::optional<Head> head_;
  int last_line_ = 0;
};

}  // namespace

std::vector<Passage> with_aligned_rows(std::vector<Passage> passages) {
  std::vector<Passage> all;
  AlignedRows rows;
  for (Passage& passage : passages) {
    if (passage.kind == PassageKind::row || passage.kind == PassageKind::heading) {
      all.push_back(std::move(passage));
      continue;
    }
    std::vector<Passage> lines = lines_of(passage);
    bool has_rows = false;
    for (Passage& line : lines) has_rows |= rows.take(line) && line.kind == PassageKind::row;
    if (!has_rows) {
      all.push_back(std::move(passage));
      continue;
    }
    std::move(lines.begin(), lines.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace assay::adversary
