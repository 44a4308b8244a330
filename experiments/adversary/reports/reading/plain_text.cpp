#include "experiments/adversary/reports/reading/plain_text.hpp"

#include <algorithm>
#include <array>

#include "core/text/utf8.hpp"
#include "experiments/adversary/reports/reading/entities.hpp"

namespace assay::adversary {
namespace {

struct Spelling {
  std::string_view sign;
  std::string_view plain;
};

/// Longer signs come before those that they begin with. Signs of two or three UTF-8 bytes that were read as
/// Windows-1252 begin with the letters for 0xC2, 0xC3, 0xCE and 0xE2.
constexpr std::array kSpellings = {
    Spelling{"\u00d7", "x"},
    Spelling{"\u2212", "-"},
    Spelling{"\u2010", "-"},
    Spelling{"\u2011", "-"},
    Spelling{"\u2012", "-"},
    Spelling{"\u2013", "-"},
    Spelling{"\u2014", "-"},
    Spelling{"\u2192", "->"},
    Spelling{"\u21d2", "->"},
    Spelling{"\u279c", "->"},
    Spelling{"\u27a1", "->"},
    Spelling{"\u00b5", "u"},
    Spelling{"\u03bc", "u"},
    Spelling{"\u2264", "<="},
    Spelling{"\u2265", ">="},
    Spelling{"\u2248", "~"},
    Spelling{"\u223c", "~"},
    Spelling{"\ufe0f", ""},
    Spelling{"\u00a0", " "},
    Spelling{"\u2009", " "},
    Spelling{"\u202f", " "},
    Spelling{"\u2007", " "},
    Spelling{"\u27f6", "->"},
    Spelling{"\u2794", "->"},
    Spelling{"\u279e", "->"},
    Spelling{"\u2b95", "->"},
    Spelling{"\u00c3\u2014", "x"},
    Spelling{"\u00c2\u00b5", "u"},
    Spelling{"\u00ce\u00bc", "u"},
    Spelling{"\u00c2\u00a0", " "},
    Spelling{"\u00e2\u20ac\u201c", "-"},
    Spelling{"\u00e2\u20ac\u201d", "-"},
    Spelling{"\u00e2\u02c6\u2019", "-"},
    Spelling{"\u00e2\u2020\u2019", "->"},
    Spelling{"\u00e2\u2030\u00a4", "<="},
    Spelling{"\u00e2\u2030\u00a5", ">="},
    Spelling{"\u00e2\u2030\u02c6", "~"},
};

/// The longest sign at the front of the text; its `sign` is empty if there is none.
Spelling spelling_at(std::string_view text) {
  Spelling longest;
  for (const Spelling& spelling : kSpellings) {
    if (text.starts_with(spelling.sign) && spelling.sign.size() > longest.sign.size()) longest = spelling;
  }
  return longest;
}

/// What a byte that is no UTF-8 says in Windows-1252, if it is one of the signs; "?" otherwise.
std::string_view stray_byte(unsigned char byte) {
  switch (byte) {
    case 0xd7:
      return "x";
    case 0xb5:
      return "u";
    case 0xa0:
      return " ";
    case 0x96:
    case 0x97:
      return "-";
    default:
      return "?";
  }
}

/// A sign of which boxes and the rules of tables are drawn (U+2500 to U+257F), as one of ASCII: bars between cells, and
/// rules of which nothing is read.
std::string_view box_sign_at(std::string_view text) {
  const bool is_box = text.size() >= 3 && text[0] == '\xe2' && (text[1] == '\x94' || text[1] == '\x95');
  if (!is_box) return {};
  constexpr std::array<std::string_view, 3> kBars = {"\u2502", "\u2503", "\u2551"};
  constexpr std::array<std::string_view, 3> kRules = {"\u2500", "\u2501", "\u2550"};
  const std::string_view sign = text.substr(0, 3);
  if (std::find(kBars.begin(), kBars.end(), sign) != kBars.end()) return "|";
  return std::find(kRules.begin(), kRules.end(), sign) != kRules.end() ? "-" : "+";
}

/// Whether a narrow or unbreakable blank behind a digit groups three more digits: "12 345".
bool groups_digits(std::string_view before, std::string_view behind) {
  constexpr std::size_t kGroup = 3;
  const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  if (before.empty() || !is_digit(before.back()) || behind.size() < kGroup) return false;
  return std::all_of(behind.begin(), behind.begin() + kGroup, is_digit) &&
         (behind.size() == kGroup || !is_digit(behind[kGroup]));
}

/// An arrow up or down in front of a figure says which sign it has.
std::string_view sign_of_arrow(std::string_view text) {
  constexpr std::string_view kUp = "\u2191";
  constexpr std::string_view kDown = "\u2193";
  const bool is_arrow = text.starts_with(kUp) || text.starts_with(kDown);
  const bool has_figure = is_arrow && text.size() > kUp.size() && text[kUp.size()] >= '0' && text[kUp.size()] <= '9';
  if (!has_figure) return {};
  return text.starts_with(kUp) ? "+" : "-";
}

/// With the entities of HTML as the characters that they stand for.
std::string with_characters(std::string_view document) {
  std::string text;
  text.reserve(document.size());
  while (!document.empty()) {
    const Entity entity = entity_at(document);
    if (entity.text.empty()) {
      const std::size_t next = std::min(document.find('&', 1), document.size());
      text += document.substr(0, next);
      document.remove_prefix(next);
      continue;
    }
    text += entity.text;
    document.remove_prefix(entity.length);
  }
  return text;
}

}  // namespace

std::string plain_text(std::string_view encoded) {
  const std::string with_signs = with_characters(encoded);
  std::string_view document = with_signs;
  std::string plain;
  plain.reserve(document.size());
  while (!document.empty()) {
    if (const Spelling spelling = spelling_at(document); !spelling.sign.empty()) {
      document.remove_prefix(spelling.sign.size());
      plain += spelling.plain == " " && groups_digits(plain, document) ? "'" : spelling.plain;
      continue;
    }
    if (const std::string_view sign = box_sign_at(document); !sign.empty()) {
      plain += sign;
      document.remove_prefix(3);
      continue;
    }
    if (const std::string_view sign = sign_of_arrow(document); !sign.empty()) {
      plain += sign;
      document.remove_prefix(std::string_view("\u2191").size());
      continue;
    }
    const std::size_t length = utf8_length(document);
    if (length == 0) {
      plain += stray_byte(static_cast<unsigned char>(document.front()));
      document.remove_prefix(1);
      continue;
    }
    // The parser takes a byte of 0 for the end of nothing; it is no part of any figure.
    if (document.front() == '\0') {
      plain += '?';
    } else {
      plain += document.substr(0, length);
    }
    document.remove_prefix(length);
  }
  return plain;
}

}  // namespace assay::adversary
