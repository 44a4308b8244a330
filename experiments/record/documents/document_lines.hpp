#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::record {

/// One line of a Markdown document.
struct Line {
  std::size_t start;         ///< offset of its first byte
  std::size_t end;           ///< offset behind its line ending
  std::string_view content;  ///< without line ending, blanks at its end and up to three before it
};
[[nodiscard]] std::vector<Line> lines_of(std::string_view document);
/// "\r\n" if the first line of the document ends with it; else "\n".
[[nodiscard]] std::string line_ending_of(std::string_view document);

enum class MarkerKind { begin, end };

/// A line that begins or ends a section which assay writes.
struct Marker {
  MarkerKind kind;
  std::string_view name;
};
[[nodiscard]] std::optional<Marker> marker_in(const Line& line);
[[nodiscard]] std::string marker_line(MarkerKind kind, std::string_view name);
/// The text, changed so that nothing in it can be taken for a marker.
[[nodiscard]] std::string without_markers(std::string text);

/// Index of the line that closes the fenced code block which begins at `index`; `index` itself if no block begins
/// there, or if nothing closes it: a fence that somebody forgot to close must not hide sections.
[[nodiscard]] std::size_t end_of_code(const std::vector<Line>& lines, std::size_t index);

void replace_all(std::string& text, std::string_view what, std::string_view replacement);

}  // namespace assay::record
