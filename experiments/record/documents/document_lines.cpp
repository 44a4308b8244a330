#include "experiments/record/documents/document_lines.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace assay::record {
namespace {

constexpr std::string_view kMarkerStart = "<!-- assay:record ";
constexpr std::string_view kBegin = " begin -->";
constexpr std::string_view kEnd = " end -->";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// Four or more blanks make Markdown's indented code: then nothing in the line is a marker or a fence.
std::string_view content_of(std::string_view line) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  if (indent <= 3) line.remove_prefix(indent);
  return line.substr(0, line.find_last_not_of(" \t\r\n") + 1);
}

/// Length of the run of backticks or tildes at the start of a line, when it is long enough for a fence; else 0.
std::size_t fence_length(std::string_view content) {
  if (content.empty() || (content.front() != '`' && content.front() != '~')) return 0;
  const std::size_t length = std::min(content.find_first_not_of(content.front()), content.size());
  return length >= 3 ? length : 0;
}

bool opens_fence(std::string_view content) {
  const std::size_t length = fence_length(content);
  return length > 0 && !(content.front() == '`' && content.find('`', length) != std::string_view::npos);
}

/// CommonMark 0.30, section 4.5: the same letter, at least as often, and nothing else.
bool closes_fence(std::string_view content, std::string_view opening) {
  const std::size_t length = fence_length(content);
  return length >= fence_length(opening) && length == content.size() && content.front() == opening.front();
}

}  // namespace

std::vector<Line> lines_of(std::string_view document) {
  std::vector<Line> lines;
  for (std::size_t start = document.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0; start < document.size();) {
    const std::size_t newline = document.find('\n', start);
    const std::size_t end = newline == std::string_view::npos ? document.size() : newline + 1;
    lines.push_back({start, end, content_of(document.substr(start, end - start))});
    start = end;
  }
  return lines;
}

std::optional<Marker> marker_in(const Line& line) {
  std::string_view rest = line.content;
  if (!rest.starts_with(kMarkerStart)) return std::nullopt;
  rest.remove_prefix(kMarkerStart.size());
  for (const auto& [kind, ending] : {std::pair{MarkerKind::begin, kBegin}, std::pair{MarkerKind::end, kEnd}}) {
    if (rest.ends_with(ending)) return Marker{kind, rest.substr(0, rest.size() - ending.size())};
  }
  return std::nullopt;
}

std::string marker_line(MarkerKind kind, std::string_view name) {
  return fmt::format("{}{}{}", kMarkerStart, name, kind == MarkerKind::begin ? kBegin : kEnd);
}

std::string without_markers(std::string text) {
  replace_all(text, kMarkerStart, "&lt;!-- assay:record ");
  return text;
}

std::size_t end_of_code(const std::vector<Line>& lines, std::size_t index) {
  if (!opens_fence(lines[index].content)) return index;
  for (std::size_t end = index + 1; end < lines.size(); ++end) {
    if (closes_fence(lines[end].content, lines[index].content)) return end;
  }
  return index;
}

std::string line_ending_of(std::string_view document) {
  const std::size_t newline = document.find('\n');
  return newline != std::string_view::npos && newline > 0 && document[newline - 1] == '\r' ? "\r\n" : "\n";
}

void replace_all(std::string& text, std::string_view what, std::string_view replacement) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + replacement.size())) {
    text.replace(at, what.size(), replacement);
  }
}

}  // namespace assay::record
