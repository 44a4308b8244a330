#include "experiments/record/documents/marked_sections.hpp"

#include <unordered_map>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/record/documents/document_lines.hpp"

namespace assay::record {
namespace {

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
    std::unordered_map<std::string_view, std::size_t> first_lines;
    for (std::size_t index = 0; index < lines_.size(); ++index) {
      if (const std::optional<Marker> marker = marker_in(lines_[index])) {
        const Extent section{marker->name, index, end_of_section(*marker, index)};
        const auto [first, is_first] = first_lines.emplace(section.name, index);
        if (!is_first) throw broken(index, fmt::format("begins a section that line {} has already", first->second + 1));
        sections.push_back(section);
        index = section.last_line;
      } else {
        index = end_of_code(lines_, index);
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

  [[nodiscard]] Error broken(std::size_t index, std::string_view what) const {
    return Error(
        fmt::format("{}:{}: the marker \"{}\" {}: fix the pair, or let assay render do it; nothing was written",
                    document_name_, index + 1, lines_[index].content, what));
  }

  std::vector<Line> lines_;
  std::string_view document_name_;
};

}  // namespace

std::string section_text(const MarkedSection& section, const std::string& line_ending) {
  // Nothing that a user wrote into an experiment may end its section or begin another.
  std::string text = without_markers(section.text);
  if (!text.ends_with('\n')) text += '\n';
  std::string whole = fmt::format("{}\n{}{}", marker_line(MarkerKind::begin, section.name), text,
                                  marker_line(MarkerKind::end, section.name));
  if (line_ending != "\n") replace_all(whole, "\n", line_ending);
  return whole;
}

std::vector<FoundSection> sections_in(std::string_view document, std::string_view document_name) {
  const SectionReader reader(document, document_name);
  std::vector<FoundSection> found;
  for (const SectionReader::Extent& extent : reader.read()) {
    const std::size_t start = reader.line(extent.first_line).start;
    std::string_view whole = document.substr(start, reader.line(extent.last_line).end - start);
    while (whole.ends_with('\n') || whole.ends_with('\r')) whole.remove_suffix(1);
    found.push_back({.name = extent.name, .whole = whole, .line = extent.first_line + 1});
  }
  return found;
}

std::string with_sections(std::string_view document, const std::vector<MarkedSection>& sections,
                          std::string_view document_name) {
  const std::string line_ending = line_ending_of(document);
  std::unordered_map<std::string_view, const MarkedSection*> missing;
  for (const MarkedSection& section : sections) missing.emplace(section.name, &section);
  std::string result;
  const char* rest = document.data();
  for (const FoundSection& found : sections_in(document, document_name)) {
    const auto wanted = missing.find(found.name);
    if (wanted == missing.end()) continue;
    result.append(rest, found.whole.data());
    result += section_text(*wanted->second, line_ending);
    rest = found.whole.data() + found.whole.size();
    missing.erase(wanted);
  }
  result.append(rest, document.data() + document.size());
  for (const MarkedSection& section : sections) {
    if (!missing.contains(section.name)) continue;
    if (!result.empty() && !result.ends_with('\n')) result += line_ending;
    if (!result.empty() && !result.ends_with("\n" + line_ending)) result += line_ending;
    result += section_text(section, line_ending) + line_ending;
  }
  return result;
}

std::string with_section(std::string_view document, const MarkedSection& section, std::string_view document_name) {
  return with_sections(document, {section}, document_name);
}

}  // namespace assay::record
