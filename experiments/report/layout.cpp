#include "experiments/report/layout.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/text/utf8.hpp"

namespace assay::report {
namespace {

/// The first character of a text that is not empty; a byte that belongs to none counts as one.
std::string_view first_character(std::string_view text) {
  const std::size_t length = utf8_length(text);
  return text.substr(0, length == 0 ? 1 : length);
}

struct CodeRange {
  char32_t first;
  char32_t last;
};
// The blocks of Unicode 15 whose letters join the one before, and those that are wide (Standard Annex 11), each as one
// range: a column too many or too few inside a block does no harm here.
constexpr std::array kJoining = {CodeRange{0x0300, 0x036F}, CodeRange{0x1AB0, 0x1AFF}, CodeRange{0x1DC0, 0x1DFF},
                                 CodeRange{0x200B, 0x200F}, CodeRange{0x20D0, 0x20FF}, CodeRange{0xFE00, 0xFE0F},
                                 CodeRange{0xFE20, 0xFE2F}};
constexpr std::array kWide = {CodeRange{0x1100, 0x115F},   CodeRange{0x2E80, 0x303E},  CodeRange{0x3041, 0xA4CF},
                              CodeRange{0xAC00, 0xD7A3},   CodeRange{0xF900, 0xFAFF},  CodeRange{0xFE30, 0xFE6F},
                              CodeRange{0xFF00, 0xFF60},   CodeRange{0xFFE0, 0xFFE6},  CodeRange{0x1F300, 0x1F64F},
                              CodeRange{0x1F900, 0x1F9FF}, CodeRange{0x20000, 0x3FFFD}};

template <std::size_t Size>
bool lies_in(const std::array<CodeRange, Size>& ranges, char32_t code) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const CodeRange& range) { return code >= range.first && code <= range.last; });
}

int columns_of(std::string_view character) {
  const char32_t code = utf8_code_point(character);
  if (lies_in(kJoining, code)) return 0;
  return lies_in(kWide, code) ? 2 : 1;
}

/// Bytes of the colour sequence that the text begins with; 0 where it begins with none.
std::size_t length_of_colour(std::string_view text) {
  if (text.rfind("\x1b[", 0) != 0) return 0;
  const std::size_t end = text.find_first_not_of("0123456789;", 2);
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

constexpr std::array<std::string_view, 15> kUnits = {"%", "ns", "us", "ms", "s",  "min",    "h",   "days",
                                                     "B", "kB", "MB", "GB", "TB", "points", "CPUs"};

/// Whether a blank between two words holds them together: "3 %,", "12 min", "p = 0.04".
bool sticks(std::string_view word, std::string_view next) {
  if (word == "=" || next == "=" || word == "(default") return true;
  const bool after_number = !word.empty() && word.back() >= '0' && word.back() <= '9';
  const std::string_view bare = next.substr(0, next.find_first_of(",;:)"));
  return after_number && std::find(kUnits.begin(), kUnits.end(), bare) != kUnits.end();
}

/// Words from the beginning up to the first blank at which a line may end.
std::string_view first_phrase(std::string_view text) {
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = text.find(' ', begin);
    if (end == std::string_view::npos) return text;
    const std::string_view rest = text.substr(end + 1);
    if (!sticks(text.substr(begin, end - begin), rest.substr(0, rest.find(' ')))) return text.substr(0, end);
    begin = end + 1;
  }
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    if (const std::size_t length = length_of_colour(text); length > 0) {
      text.remove_prefix(length);
      continue;
    }
    const std::string_view character = first_character(text);
    width += columns_of(character);
    text.remove_prefix(character.size());
  }
  return width;
}

std::string shorten(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string(text);
  constexpr std::string_view kCut = "...";
  std::string short_text;
  int room = width - static_cast<int>(kCut.size());
  while (!text.empty()) {
    const std::string_view character = first_character(text);
    room -= columns_of(character);
    if (room < 0) break;
    short_text += character;
    text.remove_prefix(character.size());
  }
  return short_text += kCut.substr(0, static_cast<std::size_t>(std::clamp(width, 0, 3)));
}

std::string pad_right(std::string_view text, int width) {
  return std::string(text) + std::string(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
}

std::string pad_left(std::string_view text, int width) {
  return std::string(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ') + std::string(text);
}

std::string wrap(std::string_view text, int width, const Indent& indent) {
  std::string lines;
  std::string line = indent.first;
  bool line_has_word = false;
  while (!text.empty()) {
    const std::string_view phrase = first_phrase(text);
    text.remove_prefix(std::min(text.size(), phrase.size() + 1));
    if (phrase.empty()) continue;
    if (line_has_word && display_width(line) + 1 + display_width(phrase) > width) {
      lines += line + '\n';
      line = indent.rest;
      line_has_word = false;
    }
    if (line_has_word) line += ' ';
    line += phrase;
    line_has_word = true;
  }
  return lines + line + '\n';
}

}  // namespace assay::report
