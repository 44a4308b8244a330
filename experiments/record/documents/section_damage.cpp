#include "experiments/record/documents/section_damage.hpp"

#include <algorithm>
#include <unordered_set>

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

/// Takes a document apart line by line.
class Mending {
 public:
  Mending(std::string_view document, const std::vector<MarkedSection>& known)
      : document_(document), lines_(lines_of(document)) {
    for (const MarkedSection& section : known) add_known(section);
  }

  std::string result() {
    if (!lines_.empty()) kept_ += document_.substr(0, lines_.front().start);  // a byte order mark
    for (index_ = 0; index_ < lines_.size(); ++index_) {
      const std::optional<Marker> marker = marker_in(lines_[index_]);
      if (marker && marker->kind == MarkerKind::begin && keep_sound_section(*marker)) continue;
      if (marker) {
        note(*marker);
      } else if (conflict_mark_in(lines_[index_].content) == ConflictMark::ours) {
        take_conflict();
      } else {
        take_line(kept_, index_);
      }
    }
    return kept_;
  }

 private:
  void add_known(const MarkedSection& section) {
    const std::string text = without_markers(section.text);
    for (const Line& line : lines_of(text)) ours_.insert(std::string(line.content));
  }

  void keep(std::string& where, std::size_t index) const {
    where += document_.substr(lines_[index].start, lines_[index].end - lines_[index].start);
  }

  /// A section that is begun and ended, with nothing foreign between, for the first time.
  bool keep_sound_section(const Marker& marker) {
    for (std::size_t end = index_ + 1; end < lines_.size(); ++end) {
      if (conflict_mark_in(lines_[end].content) != ConflictMark::none) return false;
      const std::optional<Marker> next = marker_in(lines_[end]);
      if (!next) continue;
      if (next->kind != MarkerKind::end || next->name != marker.name || !sound_.insert(marker.name).second)
        return false;
      for (; index_ <= end; ++index_) keep(kept_, index_);
      --index_;
      return true;
    }
    return false;
  }

  /// Sections that are mixed with each other are all over when each has ended.
  void note(const Marker& marker) {
    if (marker.kind == MarkerKind::begin) {
      begun_.insert(marker.name);
    } else {
      begun_.erase(marker.name);
    }
  }

  void take_line(std::string& where, std::size_t index) const {
    const bool is_ours = !begun_.empty() && ours_.contains(std::string(lines_[index].content));
    if (!is_ours) keep(where, index);
  }

  /// Where only sections were in conflict its marks go; where people's words were, they must choose themselves.
  void take_conflict() {
    std::string with_marks;
    bool has_words = false;
    for (; index_ < lines_.size(); ++index_) {
      const Line& line = lines_[index_];
      const ConflictMark mark = conflict_mark_in(line.content);
      const std::optional<Marker> marker = marker_in(line);
      if (marker) {
        note(*marker);
      } else if (mark != ConflictMark::none) {
        keep(with_marks, index_);
      } else if (!ours_.contains(std::string(line.content))) {
        has_words = has_words || !line.content.empty();
        keep(with_marks, index_);
      }
      if (mark == ConflictMark::end) break;
    }
    if (has_words) kept_ += with_marks;
  }

  std::string_view document_;
  std::vector<Line> lines_;
  std::unordered_set<std::string> ours_;  ///< contents of lines that a section of ours has
  std::unordered_set<std::string_view> sound_;
  std::unordered_set<std::string_view> begun_;
  std::string kept_;
  std::size_t index_ = 0;
};

bool has_conflict(const std::vector<Line>& lines) {
  return std::any_of(lines.begin(), lines.end(),
                     [](const Line& line) { return conflict_mark_in(line.content) == ConflictMark::ours; });
}

}  // namespace

std::string without_damage(std::string_view document, const std::vector<MarkedSection>& known) {
  if (!has_conflict(lines_of(document))) {
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
