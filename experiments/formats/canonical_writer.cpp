#include "experiments/formats/canonical_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/text/utf8.hpp"

namespace assay::formats {
namespace {

template <class Number>
void write_shortest(Number number, std::string& text) {
  std::array<char, 32> digits{};
  const auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  ASSAY_ASSERT(failure == std::errc{});
  text.append(digits.data(), end);
}

/// A whole number is written like an integer of that value, so that 100000 and 1e5 are one text. What is beyond 64
/// bits cannot be an integer in JSON's reader either.
void write_real(double number, std::string& text) {
  if (!std::isfinite(number)) throw Error("NaN and infinity have no JSON form");
  const bool whole = std::trunc(number) == number;
  if (whole && number >= 0 && number < 0x1p64) {
    write_shortest(static_cast<std::uint64_t>(number), text);
  } else if (whole && number < 0 && number >= -0x1p63) {
    write_shortest(static_cast<std::int64_t>(number), text);
  } else {
    write_shortest(number, text);
  }
}

void write_escaped(unsigned char character, std::string& text) {
  switch (character) {
    case '"':
      text += "\\\"";
      return;
    case '\\':
      text += "\\\\";
      return;
    case '\b':
      text += "\\b";
      return;
    case '\f':
      text += "\\f";
      return;
    case '\n':
      text += "\\n";
      return;
    case '\r':
      text += "\\r";
      return;
    case '\t':
      text += "\\t";
      return;
    default:
      text += fmt::format("\\u{:04x}", character);
  }
}

bool stands_for_itself(char character) {
  return character >= 0x20 && character < 0x7f && character != '"' && character != '\\';
}

void write_string(std::string_view string, std::string& text) {
  text += '"';
  for (std::string_view rest = string; !rest.empty();) {
    // Nearly all strings are plain throughout, and are taken over in one piece.
    const auto plain =
        static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), stands_for_itself) - rest.begin());
    text += rest.substr(0, plain);
    rest.remove_prefix(plain);
    if (rest.empty()) break;
    const std::size_t length = utf8_length(rest);
    if (length == 0) throw Error(fmt::format("{} is not valid UTF-8", in_quotes(string)));
    const auto character = static_cast<unsigned char>(rest.front());
    if (character < 0x20 || character == '"' || character == '\\') {
      write_escaped(character, text);
    } else {
      text += rest.substr(0, length);
    }
    rest.remove_prefix(length);
  }
  text += '"';
}

}  // namespace

void CanonicalWriter::name(std::string_view name) {
  separate();
  write_string(name, text_);
  text_ += ':';
  follows_value_ = false;
}

void CanonicalWriter::value(std::nullptr_t) {
  literal("null");
}

void CanonicalWriter::value(double number) {
  separate();
  write_real(number, text_);
}

void CanonicalWriter::value(std::string_view text) {
  separate();
  write_string(text, text_);
}

void CanonicalWriter::begin(char bracket) {
  separate();
  text_ += bracket;
  follows_value_ = false;
}

void CanonicalWriter::end(char bracket) {
  text_ += bracket;
  follows_value_ = true;
}

void CanonicalWriter::literal(std::string_view text) {
  separate();
  text_ += text;
}

void CanonicalWriter::integer(std::int64_t number) {
  separate();
  write_shortest(number, text_);
}

void CanonicalWriter::natural(std::uint64_t number) {
  separate();
  write_shortest(number, text_);
}

/// A comma after what came before on this level; what comes now is a value, or the name of one.
void CanonicalWriter::separate() {
  if (follows_value_) text_ += ',';
  follows_value_ = true;
}

}  // namespace assay::formats
