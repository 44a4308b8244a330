#include "experiments/adversary/reports/reading/entities.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace assay::adversary {
namespace {

struct Name {
  std::string_view name;
  std::string_view text;
};

/// Those that stand beside figures: signs of calculation and comparison, blanks, dashes, arrows, and those of HTML.
constexpr std::array kNames = {
    Name{"times", "\u00d7"},
    Name{"divide", "\u00f7"},
    Name{"minus", "\u2212"},
    Name{"plus", "+"},
    Name{"plusmn", "\u00b1"},
    Name{"pm", "\u00b1"},
    Name{"lt", "<"},
    Name{"gt", ">"},
    Name{"le", "\u2264"},
    Name{"leq", "\u2264"},
    Name{"ge", "\u2265"},
    Name{"geq", "\u2265"},
    Name{"asymp", "\u2248"},
    Name{"ap", "\u2248"},
    Name{"approx", "\u2248"},
    Name{"sim", "\u223c"},
    Name{"nbsp", " "},
    Name{"ensp", " "},
    Name{"emsp", " "},
    Name{"thinsp", " "},
    Name{"numsp", " "},
    Name{"puncsp", " "},
    Name{"hairsp", " "},
    Name{"ndash", "\u2013"},
    Name{"mdash", "\u2014"},
    Name{"hyphen", "-"},
    Name{"dash", "-"},
    Name{"rarr", "\u2192"},
    Name{"rightarrow", "\u2192"},
    Name{"rArr", "\u21d2"},
    Name{"uarr", "\u2191"},
    Name{"darr", "\u2193"},
    Name{"micro", "\u00b5"},
    Name{"mu", "\u03bc"},
    Name{"percnt", "%"},
    Name{"euro", "\u20ac"},
    Name{"pound", "\u00a3"},
    Name{"dollar", "$"},
    Name{"amp", "&"},
    Name{"quot", "\""},
    Name{"apos", "'"},
    Name{"lpar", "("},
    Name{"rpar", ")"},
    Name{"colon", ":"},
    Name{"period", "."},
    Name{"comma", ","},
    Name{"sol", "/"},
    Name{"Delta", "\u0394"},
    Name{"frac12", "1/2"},
    Name{"half", "1/2"},
    Name{"frac13", "1/3"},
    Name{"frac14", "1/4"},
};

std::string utf8_of(std::uint32_t point) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xC0 | point >> 6U), byte(0x80 | (point & 0x3FU))};
  if (point < 0x10000) {
    return {byte(0xE0 | point >> 12U), byte(0x80 | (point >> 6U & 0x3FU)), byte(0x80 | (point & 0x3FU))};
  }
  return {byte(0xF0 | point >> 18U), byte(0x80 | (point >> 12U & 0x3FU)), byte(0x80 | (point >> 6U & 0x3FU)),
          byte(0x80 | (point & 0x3FU))};
}

/// The character of "#215" or "#xD7"; empty if there is none, or one that is not printed.
std::string numbered(std::string_view number) {
  number.remove_prefix(1);
  const bool is_hexadecimal = number.starts_with('x') || number.starts_with('X');
  if (is_hexadecimal) number.remove_prefix(1);
  std::uint32_t point = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), point, is_hexadecimal ? 16 : 10);
  const bool is_whole = read.ec == std::errc() && read.ptr == number.data() + number.size();
  const bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
  const bool is_printed = point >= 0x20 && point <= 0x10FFFF && point != 0x7F && !is_surrogate;
  return is_whole && is_printed ? utf8_of(point) : "";
}

}  // namespace

Entity entity_at(std::string_view text) {
  constexpr std::size_t kLongest = 14;
  if (!text.starts_with('&')) return {};
  const std::size_t end = text.substr(0, kLongest).find(';');
  if (end == std::string_view::npos || end < 2) return {};
  const std::string_view name = text.substr(1, end - 1);
  if (name.front() == '#') {
    std::string character = numbered(name);
    return character.empty() ? Entity{} : Entity{std::move(character), end + 1};
  }
  const auto* const known =
      std::find_if(kNames.begin(), kNames.end(), [name](const Name& one) { return one.name == name; });
  return known == kNames.end() ? Entity{} : Entity{std::string(known->text), end + 1};
}

}  // namespace assay::adversary
