#include "experiments/record/marked_sections.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::experiments {
namespace {

constexpr std::string_view kMarkerStart = "<!-- assay:record ";
constexpr std::string_view kBegin = " begin -->";
constexpr std::string_view kEnd = " end -->";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// One line of a document.
struct Line {
  std::size_t start;         ///< offset of its first byte
  std::size_t end;           ///< offset behind its line ending
  std::string_view content;  ///< without line ending, blanks at its end and up to three before it
};

/// Four or more blanks make Markdown's indented code: then nothing in the line is a marker or a fence.
std::string_view content_of(std::string_view line) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  if (indent <= 3) line.remove_prefix(indent);
  return line.substr(0, line.find_last_not_of(" \t\r\n") + 1);
}

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

enum class MarkerKind { begin, end };

struct Marker {
  MarkerKind kind;
  std::string_view name;
};

std::optional<Marker> marker_in(const Line& line) {
  std::string_view rest = line.content;
  if (!rest.starts_with(kMarkerStart)) return std::nullopt;
  rest.remove_prefix(kMarkerStart.size());
  for (const auto& [kind, ending] : {std::pair{MarkerKind::begin, kBegin}, std::pair{MarkerKind::end, kEnd}}) {
    if (rest.ends_with(ending)) return Marker{kind, rest.substr(0, rest.size() - ending.size())};
  }
  return std::nullopt;
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

/// Index of the line that closes the fence opened at `opening`, or of the opening itself where nothing closes it: a
/// fence that somebody forgot to close must not hide our sections.
std::size_t end_of_fence(const std::vector<Line>& lines, std::size_t opening) {
  for (std::size_t index = opening + 1; index < lines.size(); ++index) {
    if (closes_fence(lines[index].content, lines[opening].content)) return index;
  }
  return opening;
}

/// Finds the sections of one document.
class SectionReader {
 public:
  SectionReader(std::string_view document, std::string_view document_name)
      : lines_(lines_of(document)), document_name_(document_name) {}

  struct Extent {
    std::string_view name;
    std::size_t first_line;
    std::size_t last_line;
  };

  [[nodiscard]] std::vector<Extent> read() const {
    std::vector<Extent> sections;
    for (std::size_t index = 0; index < lines_.size(); ++index) {
      if (const std::optional<Marker> marker = marker_in(lines_[index])) {
        const Extent section{marker->name, index, end_of_section(*marker, index)};
        refuse_second(sections, section);
        sections.push_back(section);
        index = section.last_line;
      } else if (opens_fence(lines_[index].content)) {
        index = end_of_fence(lines_, index);
      }
    }
    return sections;
  }

  [[nodiscard]] const Line& line(std::size_t index) const { return lines_[index]; }

 private:
  [[nodiscard]] std::size_t end_of_section(const Marker& marker, std::size_t index) const {
    if (marker.kind == MarkerKind::end) throw broken(index, "ends a section that was not begun");
    for (std::size_t end = index + 1; end < lines_.size(); ++end) {
      const std::optional<Marker> next = marker_in(lines_[end]);
      if (!next) continue;
      if (next->kind == MarkerKind::end && next->name == marker.name) return end;
      break;
    }
    throw broken(index, "begins a section that is not ended");
  }

  void refuse_second(const std::vector<Extent>& sections, const Extent& section) const {
    const auto first = std::find_if(sections.begin(), sections.end(),
                                    [&](const Extent& earlier) { return earlier.name == section.name; });
    if (first != sections.end()) {
      throw broken(section.first_line, fmt::format("begins a section that line {} has already", first->first_line + 1));
    }
  }

  [[nodiscard]] Error broken(std::size_t index, std::string_view what) const {
    return Error(fmt::format("{}:{}: the marker \"{}\" {}: mend the pair or remove it; nothing was written",
                             document_name_, index + 1, lines_[index].content, what));
  }

  std::vector<Line> lines_;
  std::string_view document_name_;
};

std::string line_ending_of(std::string_view document) {
  const std::size_t newline = document.find('\n');
  return newline != std::string_view::npos && newline > 0 && document[newline - 1] == '\r' ? "\r\n" : "\n";
}

void replace_all(std::string& text, std::string_view what, std::string_view replacement) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + replacement.size())) {
    text.replace(at, what.size(), replacement);
  }
}

/// Both markers with the text between them, without the last line ending.
std::string rendered(const MarkedSection& section, const std::string& line_ending) {
  std::string text = section.text;
  if (!text.ends_with('\n')) text += '\n';
  // Nothing that a user wrote into an experiment may end its section or begin another.
  replace_all(text, kMarkerStart, "&lt;!-- assay:record ");
  std::string whole = fmt::format("{0}{1}{2}\n{3}{0}{1}{4}", kMarkerStart, section.name, kBegin, text, kEnd);
  if (line_ending != "\n") replace_all(whole, "\n", line_ending);
  return whole;
}

}  // namespace

std::string with_section(std::string_view document, const MarkedSection& section, std::string_view document_name) {
  const std::string line_ending = line_ending_of(document);
  const std::string whole = rendered(section, line_ending);
  const SectionReader reader(document, document_name);
  for (const SectionReader::Extent& extent : reader.read()) {
    if (extent.name != section.name) continue;
    const std::size_t start = reader.line(extent.first_line).start;
    const std::size_t end = reader.line(extent.last_line).end;
    const bool ended = document[end - 1] == '\n';
    return fmt::format("{}{}{}{}", document.substr(0, start), whole, ended ? line_ending : "", document.substr(end));
  }
  std::string result(document);
  if (!result.empty() && !result.ends_with('\n')) result += line_ending;
  if (!result.empty() && !result.ends_with("\n" + line_ending)) result += line_ending;
  return result + whole + line_ending;
}

}  // namespace assay::experiments
