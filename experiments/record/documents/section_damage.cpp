#include "experiments/record/documents/section_damage.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/record/documents/document_lines.hpp"

namespace assay::record {
namespace {

enum class ConflictMark { none, ours, base, theirs, end };

/// The marks that git leaves, seven letters each (gitattributes(5), conflict-marker-size).
ConflictMark conflict_mark_in(std::string_view content) {
  if (content.starts_with("<<<<<<< ")) return ConflictMark::ours;
  if (content.starts_with("||||||| ")) return ConflictMark::base;
  if (content == "=======") return ConflictMark::theirs;
  if (content.starts_with(">>>>>>> ")) return ConflictMark::end;
  return ConflictMark::none;
}

/// In which of the merged versions a line stands.
enum class Side { both, ours, base, theirs, mark };

std::vector<Side> sides_of(const std::vector<Line>& lines) {
  std::vector<Side> sides;
  Side side = Side::both;
  for (const Line& line : lines) {
    const ConflictMark mark = conflict_mark_in(line.content);
    const bool is_mark = side == Side::both ? mark == ConflictMark::ours : mark != ConflictMark::none;
    sides.push_back(is_mark ? Side::mark : side);
    if (!is_mark) continue;
    if (mark == ConflictMark::ours) side = Side::ours;
    if (mark == ConflictMark::base) side = Side::base;
    if (mark == ConflictMark::theirs) side = Side::theirs;
    if (mark == ConflictMark::end) side = Side::both;
  }
  return sides;
}

/// Takes a document apart, version by version and line by line.
class Mending {
 public:
  Mending(std::string_view document, const std::vector<MarkedSection>& known)
      : document_(document), lines_(lines_of(document)), sides_(sides_of(lines_)), goes_(lines_.size()) {
    for (const MarkedSection& section : known) add_known(section);
  }

  std::string result() {
    for (const Side side : {Side::ours, Side::base, Side::theirs}) look_into(side);
    std::string kept;
    if (!lines_.empty()) kept += document_.substr(0, lines_.front().start);  // a byte order mark
    for (std::size_t index = 0; index < lines_.size(); ++index) {
      if (sides_[index] == Side::mark) {
        index = take_conflict(kept, index);
      } else if (!goes_[index]) {
        kept += text_of(index);
      }
    }
    return kept;
  }

 private:
  void add_known(const MarkedSection& section) {
    const std::string text = without_markers(section.text);
    for (const Line& line : lines_of(text)) ours_.insert(std::string(line.content));
  }

  [[nodiscard]] std::string_view text_of(std::size_t index) const {
    return document_.substr(lines_[index].start, lines_[index].end - lines_[index].start);
  }

  [[nodiscard]] std::vector<std::size_t> lines_in(Side side) const {
    std::vector<std::size_t> version;
    for (std::size_t index = 0; index < lines_.size(); ++index) {
      if (sides_[index] == Side::both || sides_[index] == side) version.push_back(index);
    }
    return version;
  }

  /// Finds what goes of one version: all of a section that git has merged with another version of it, and what is left
  /// of those that lost a marker or were mixed.
  void look_into(Side side) {
    const std::vector<std::size_t> version = lines_in(side);
    std::unordered_set<std::string_view> begun;
    std::unordered_set<std::string_view> sound;
    for (std::size_t at = 0; at < version.size(); ++at) {
      const Line& line = lines_[version[at]];
      const std::optional<Marker> marker = marker_in(line);
      if (!marker) {
        if (!begun.empty() && ours_.contains(std::string(line.content))) goes_[version[at]] = true;
        continue;
      }
      const std::size_t end = marker->kind == MarkerKind::begin ? end_of_section(version, at) : at;
      if (end == at) {
        goes_[version[at]] = true;
        note(begun, *marker);
        continue;
      }
      const bool is_in_one_piece = end - at == version[end] - version[at] && sides_[version[at]] == Side::both;
      const bool stays = sound.insert(marker->name).second && is_in_one_piece;
      for (; at < end; ++at) goes_[version[at]] = goes_[version[at]] || !stays;
      goes_[version[end]] = goes_[version[end]] || !stays;
    }
  }

  /// Sections that are mixed with each other are all over when each has ended.
  static void note(std::unordered_set<std::string_view>& begun, const Marker& marker) {
    if (marker.kind == MarkerKind::begin) {
      begun.insert(marker.name);
    } else {
      begun.erase(marker.name);
    }
  }

  /// Where in the version the section ends that begins there; `at` itself if it does not before another marker.
  [[nodiscard]] std::size_t end_of_section(const std::vector<std::size_t>& version, std::size_t at) const {
    const std::string_view name = marker_in(lines_[version[at]])->name;
    for (std::size_t end = at + 1; end < version.size(); ++end) {
      const std::optional<Marker> next = marker_in(lines_[version[end]]);
      if (next) return next->kind == MarkerKind::end && next->name == name ? end : at;
    }
    return at;
  }

  /// Where only sections were in conflict its marks go; where people's words were, they must choose themselves, unless
  /// both sides have the same. \returns the index of its last line
  std::size_t take_conflict(std::string& kept, std::size_t first) const {
    std::string with_marks;
    std::string ours;
    std::string theirs;
    bool has_words = false;
    std::size_t index = first;
    for (; index < lines_.size() && sides_[index] != Side::both; ++index) {
      const bool is_mark = sides_[index] == Side::mark;
      if (!is_mark && (goes_[index] || ours_.contains(std::string(lines_[index].content)))) continue;
      with_marks += text_of(index);
      if (sides_[index] == Side::ours) ours += text_of(index);
      if (sides_[index] == Side::theirs) theirs += text_of(index);
      has_words = has_words || (!is_mark && !lines_[index].content.empty());
      if (is_mark && conflict_mark_in(lines_[index].content) == ConflictMark::end) break;
    }
    if (has_words) kept += ours == theirs ? ours : with_marks;
    return std::min(index, lines_.size() - 1);
  }

  std::string_view document_;
  std::vector<Line> lines_;
  std::vector<Side> sides_;
  std::vector<bool> goes_;                ///< by line: it is of a section that is put back whole
  std::unordered_set<std::string> ours_;  ///< contents of lines that a section of ours has
};

}  // namespace

std::size_t line_of_conflict(std::string_view document) {
  const std::vector<Line> lines = lines_of(document);
  const auto found = std::find_if(lines.begin(), lines.end(), [](const Line& line) {
    return conflict_mark_in(line.content) == ConflictMark::ours;
  });
  return found == lines.end() ? 0 : static_cast<std::size_t>(found - lines.begin()) + 1;
}

std::string conflict_text(std::string_view document_name, std::size_t line) {
  return fmt::format("{}:{}: git left a conflict: assay render takes its own sections out of it; resolve what is left",
                     document_name, line);
}

std::string without_sections(const std::string& document, const std::function<bool(const FoundSection&)>& is_unwanted) {
  std::string kept;
  const char* rest = document.data();
  for (const FoundSection& section : sections_in(document, "")) {
    if (!is_unwanted(section)) continue;
    kept.append(rest, section.whole.data());
    rest = section.whole.data() + section.whole.size();
  }
  return kept.append(rest, document.data() + document.size());
}

std::string without_damage(std::string_view document, const std::vector<MarkedSection>& known) {
  if (line_of_conflict(document) == 0) {
    try {
      (void)sections_in(document, "");
      return std::string(document);
    } catch (const Error&) {
      // Some section is unsound: its parts are taken out below.
    }
  }
  return Mending(document, known).result();
}

}  // namespace assay::record
