#include "experiments/report/layout.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

namespace assay::experiments {
namespace {

/// One code point of UTF-8 text, or one byte that belongs to none.
struct Symbol {
  std::string_view bytes;
  char32_t code = 0;
  bool valid = false;
};

constexpr bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The first symbol of a text that is not empty. Overlong forms and surrogates are not valid.
Symbol first_symbol(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const Symbol lone_byte{text.substr(0, 1), lead, lead < 0x80};
  if (lead < 0xC2 || lead > 0xF4) return lone_byte;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return lone_byte;
  auto code = static_cast<char32_t>(lead & (0x7FU >> length));
  for (const char byte : text.substr(1, length - 1)) {
    if (!is_continuation(byte)) return lone_byte;
    code = code << 6U | (static_cast<unsigned char>(byte) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool valid = code >= kSmallest[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  return valid ? Symbol{text.substr(0, length), code, true} : lone_byte;
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

int columns_of(const Symbol& symbol) {
  if (lies_in(kJoining, symbol.code)) return 0;
  return lies_in(kWide, symbol.code) ? 2 : 1;
}

/// Control characters of ASCII and Latin-1, and those that turn the direction of the text around.
bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
         (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

std::string escaped(const Symbol& symbol) {
  if (symbol.code == '\n') return "\\n";
  if (symbol.code == '\t') return "\\t";
  if (symbol.code == '\r') return "\\r";
  std::string text;
  for (const char byte : symbol.bytes) text += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
  return text;
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
  if (word == "=" || next == "=") return true;
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
    const Symbol symbol = first_symbol(text);
    width += columns_of(symbol);
    text.remove_prefix(symbol.bytes.size());
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const Symbol symbol = first_symbol(text);
    safe += !symbol.valid || is_control(symbol.code) ? escaped(symbol) : std::string(symbol.bytes);
    text.remove_prefix(symbol.bytes.size());
  }
  return safe;
}

std::string shorten(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string(text);
  constexpr std::string_view kCut = "...";
  std::string short_text;
  int room = width - static_cast<int>(kCut.size());
  while (!text.empty()) {
    const Symbol symbol = first_symbol(text);
    room -= columns_of(symbol);
    if (room < 0) break;
    short_text += symbol.bytes;
    text.remove_prefix(symbol.bytes.size());
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

}  // namespace assay::experiments
