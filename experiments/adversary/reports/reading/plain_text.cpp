#include "experiments/adversary/reports/reading/plain_text.hpp"

#include <array>

#include "core/text/utf8.hpp"

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
    Spelling{"\u00a0", " "},
    Spelling{"\u2009", " "},
    Spelling{"\u202f", " "},
    Spelling{"\u2502", "|"},
    Spelling{"\u2503", "|"},
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

}  // namespace

std::string plain_text(std::string_view document) {
  std::string plain;
  plain.reserve(document.size());
  while (!document.empty()) {
    if (const Spelling spelling = spelling_at(document); !spelling.sign.empty()) {
      plain += spelling.plain;
      document.remove_prefix(spelling.sign.size());
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
