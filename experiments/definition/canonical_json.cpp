#include "experiments/definition/canonical_json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "experiments/definition/utf8.hpp"

namespace assay::experiments {
namespace {

using nlohmann::json;

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

void write_value(const json& value, std::string& text);

void write_object(const json& object, std::string& text) {
  const char* separator = "{";
  for (const auto& [key, value] : object.get_ref<const json::object_t&>()) {
    text += separator;
    write_string(key, text);
    text += ':';
    write_value(value, text);
    separator = ",";
  }
  text += object.empty() ? "{}" : "}";
}

void write_array(const json& array, std::string& text) {
  const char* separator = "[";
  for (const json& value : array.get_ref<const json::array_t&>()) {
    text += separator;
    write_value(value, text);
    separator = ",";
  }
  text += array.empty() ? "[]" : "]";
}

void write_value(const json& value, std::string& text) {
  switch (value.type()) {
    case json::value_t::null:
      text += "null";
      return;
    case json::value_t::boolean:
      text += value.get<bool>() ? "true" : "false";
      return;
    case json::value_t::number_integer:
      return write_shortest(value.get<std::int64_t>(), text);
    case json::value_t::number_unsigned:
      return write_shortest(value.get<std::uint64_t>(), text);
    case json::value_t::number_float:
      return write_real(value.get<double>(), text);
    case json::value_t::string:
      return write_string(value.get_ref<const std::string&>(), text);
    case json::value_t::object:
      return write_object(value, text);
    case json::value_t::array:
      return write_array(value, text);
    case json::value_t::binary:
    case json::value_t::discarded:
      assertion_failed("a value that JSON has a form for", __FILE__, __LINE__);
  }
}

}  // namespace

std::string canonical_json(const json& value) {
  std::string text;
  write_value(value, text);
  return text;
}

}  // namespace assay::experiments
