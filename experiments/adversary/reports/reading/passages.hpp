#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"

namespace assay::adversary {

/// What a part of a document is.
enum class PassageKind { heading, prose, item, row, code };

/// A part of a document that is read by itself: a paragraph, a heading, an item of a list, a row of a table, or a line
/// of a code block. Marks of emphasis and links are gone; a line ending within a paragraph is a '\n'.
struct Passage {
  PassageKind kind = PassageKind::prose;
  std::string text = {};                 ///< of a row: its cells with " | " between them
  std::vector<std::string> cells = {};   ///< only of a row
  std::vector<std::string> header = {};  ///< only of a row: the table's first row
  std::vector<int> lines = {};           ///< of each byte of the text, counted from 1
  bool is_reached = false;               ///< it names a goal, and the document says that it was reached
};

/// The line at which this byte of the passage stands; that of the last one beyond its end.
[[nodiscard]] int line_at(const Passage& passage, std::size_t offset);

/// Whether a sentence ends with this byte: a full stop, and not the point of a number or an abbreviation.
[[nodiscard]] bool ends_sentence(std::string_view text, std::size_t at);

/// The sentence around this byte of the passage, on one line; at most 2,000 bytes to either side, so that a long line
/// without a full stop takes no more time than its length.
[[nodiscard]] std::string sentence_around(const Passage& passage, std::size_t offset);

/// Reads CommonMark with the tables of GitHub (md4c), which any plain text is, too. \param document  as `plain_text`
/// gives it
[[nodiscard]] std::vector<Passage> passages_in(std::string_view document);

}  // namespace assay::adversary

template <>
struct assay::EnumNames<assay::adversary::PassageKind> {
  static constexpr std::array<std::string_view, 5> values = {"heading", "prose", "item", "row", "code"};
};
