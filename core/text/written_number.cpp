#include "core/text/written_number.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>

#include "core/text/trimmed.hpp"

namespace assay {
namespace {

struct Spelling {
  std::string_view written;
  char plain;
};
/// What stands for a blank, an apostrophe or a minus in numbers beside ASCII.
constexpr std::array<Spelling, 5> kSpellings = {Spelling{"\u00A0", ' '}, Spelling{"\u202F", ' '},
                                                Spelling{"\u2009", ' '}, Spelling{"\u2019", '\''},
                                                Spelling{"\u2212", '-'}};

std::string in_ascii(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const auto* const found = std::find_if(kSpellings.begin(), kSpellings.end(), [&](const Spelling& spelling) {
      return text.starts_with(spelling.written);
    });
    plain += found == kSpellings.end() ? text.front() : found->plain;
    text.remove_prefix(found == kSpellings.end() ? 1 : found->written.size());
  }
  return plain;
}

bool is_figure(char letter) {
  return letter >= '0' && letter <= '9';
}

/// How the digits of a number are divided.
struct Marks {
  char group = '\0';  ///< between thousands
  char decimal = '.';
};

Marks marks_of(NumberForm form) {
  switch (form) {
    case NumberForm::comma_point:
      return {',', '.'};
    case NumberForm::point_comma:
      return {'.', ','};
    case NumberForm::blank_comma:
      return {' ', ','};
    case NumberForm::blank_point:
      return {' ', '.'};
    case NumberForm::apostrophe_point:
      return {'\'', '.'};
    case NumberForm::underscore_point:
      return {'_', '.'};
  }
  return {};
}

/// The length of the number at the front of a text: figures and the marks between them, and an exponent.
std::size_t length_of_number(std::string_view text, bool with_blanks) {
  std::size_t length = 0;
  const auto figure_at = [&](std::size_t at) { return at < text.size() && is_figure(text[at]); };
  while (length < text.size()) {
    const bool is_mark =
        std::string_view(".,'_").find(text[length]) != std::string_view::npos || (with_blanks && text[length] == ' ');
    if (!is_figure(text[length]) && !(is_mark && (figure_at(length + 1) || text[length] == '.'))) break;
    ++length;
  }
  if (length > 0 && length < text.size() && (text[length] == 'e' || text[length] == 'E')) {
    std::size_t end = length + 1;
    if (end < text.size() && (text[end] == '+' || text[end] == '-')) ++end;
    if (figure_at(end)) {
      while (figure_at(end)) ++end;
      return end;
    }
  }
  return length;
}

/// True if each mark has exactly three figures behind it, up to the next or the decimal mark, and one to three before
/// the first.
bool groups_thousands(std::string_view whole, char group) {
  std::size_t at = whole.find(group);
  if (at == 0 || at > 3) return false;
  while (at != std::string_view::npos) {
    const std::size_t next = whole.find(group, at + 1);
    if ((next == std::string_view::npos ? whole.size() : next) - at - 1 != 3) return false;
    at = next;
  }
  return true;
}

/// The only way to read the marks of a number, if its form is not declared; std::nullopt if there is none or several.
std::optional<Marks> only_marks_of(std::string_view number) {
  const auto mantissa = number.substr(0, number.find_first_of("eE"));
  const auto count = [&](char mark) { return std::count(mantissa.begin(), mantissa.end(), mark); };
  for (const char group : {'\'', '_'}) {
    if (count(group) == 0) continue;
    const bool fine =
        count(',') == 0 && count('.') <= 1 && groups_thousands(mantissa.substr(0, mantissa.find('.')), group);
    return fine ? std::optional(Marks{group, '.'}) : std::nullopt;
  }
  const auto commas = count(',');
  const auto points = count('.');
  if (commas == 0 && points <= 1) return Marks{};
  for (const auto& [group, decimal] : {Marks{',', '.'}, Marks{'.', ','}}) {
    const auto groups = group == ',' ? commas : points;
    const auto decimals = group == ',' ? points : commas;
    const std::string_view whole = mantissa.substr(0, mantissa.find(decimal));
    const bool says_which = groups >= 2 || decimals == 1;
    if (groups >= 1 && decimals <= 1 && says_which && groups_thousands(whole, group) &&
        std::count(whole.begin(), whole.end(), group) == groups) {
      return Marks{group, decimal};
    }
  }
  if (commas != 1 || points != 0) return std::nullopt;
  const std::string_view whole = mantissa.substr(0, mantissa.find(','));
  const bool may_be_thousands = groups_thousands(mantissa, ',') && whole != "0";
  return may_be_thousands ? std::nullopt : std::optional(Marks{'\0', ','});
}

/// Whether groups stand in a number as its marks have it, or not at all.
bool is_well_grouped(std::string_view number, const Marks& marks) {
  if (marks.group == '\0') return true;
  const auto mantissa = number.substr(0, number.find_first_of("eE"));
  const std::size_t last_group = mantissa.rfind(marks.group);
  if (last_group == std::string_view::npos) return true;
  const std::string_view whole = mantissa.substr(0, mantissa.find(marks.decimal));
  return last_group < whole.size() && groups_thousands(whole, marks.group);
}

/// The number with neither groups nor a decimal comma.
std::string in_c(std::string_view number, const Marks& marks) {
  std::string plain;
  for (const char letter : number) {
    if (letter == marks.group && marks.group != '\0') continue;
    plain += letter == marks.decimal ? '.' : letter;
  }
  return plain;
}

bool is_ambiguous(std::string_view number) {
  return std::count(number.begin(), number.end(), ',') == 1 && groups_thousands(number, ',');
}

/// The sign and the number behind it.
struct SignedText {
  bool negative = false;
  std::string_view rest;
};

SignedText without_sign(std::string_view text) {
  text = trimmed(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  return {negative, text};
}

}  // namespace

std::variant<WrittenNumber, NoNumber> read_written_number(std::string_view text, std::optional<NumberForm> form) {
  const std::string plain = in_ascii(text);
  const auto [negative, rest] = without_sign(plain);
  const std::optional<Marks> declared = form ? std::optional(marks_of(*form)) : std::nullopt;
  const std::string_view number = rest.substr(0, length_of_number(rest, declared && declared->group == ' '));
  WrittenNumber written;
  if (number.empty()) {  // inf and nan
    const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), written.value);
    if (failure != std::errc{} || end != rest.data() + rest.size()) return NoNumber::is_none;
    if (negative) written.value = -written.value;
    written.digits = trimmed(plain);
    return written;
  }
  const std::optional<Marks> marks = declared ? declared : only_marks_of(number);
  if (!marks) return is_ambiguous(number) ? NoNumber::is_ambiguous : NoNumber::is_none;
  if (!is_well_grouped(number, *marks)) return NoNumber::is_misgrouped;
  written.digits = (negative ? "-" : "") + in_c(number, *marks);
  written.behind = trimmed(rest.substr(number.size()));
  const char* const last = written.digits.data() + written.digits.size();
  const auto [end, failure] = std::from_chars(written.digits.data(), last, written.value);
  if (failure != std::errc{} || end != last) return NoNumber::is_none;
  return written;
}

bool is_exact(const WrittenNumber& number) {
  std::string_view digits = number.digits;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_figure)) return true;
  std::uint64_t whole = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  constexpr double kBeyond64Bits = 18446744073709551616.0;
  const auto rounded = static_cast<double>(whole);
  return failure == std::errc{} && rounded < kBeyond64Bits && static_cast<std::uint64_t>(rounded) == whole;
}

std::optional<NumberForm> form_of_number(std::string_view text) {
  const std::string plain = in_ascii(text);
  const std::string_view rest = without_sign(plain).rest;
  const std::optional<Marks> marks = only_marks_of(rest.substr(0, length_of_number(rest, false)));
  if (!marks || (marks->group == '\0' && marks->decimal == '.')) return std::nullopt;
  if (marks->decimal == ',') return NumberForm::point_comma;
  if (marks->group == ',') return NumberForm::comma_point;
  return marks->group == '_' ? NumberForm::underscore_point : NumberForm::apostrophe_point;
}

}  // namespace assay
