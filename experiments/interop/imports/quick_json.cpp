#include "experiments/interop/imports/quick_json.hpp"

#include <charconv>
#include <cstdint>
#include <limits>
#include <simdjson.h>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/host/files/text_room.hpp"
#include "experiments/interop/imports/packed_numbers.hpp"

namespace assay::interop {
namespace {

using nlohmann::json;
using simdjson::ondemand::json_type;
namespace ondemand = simdjson::ondemand;

static_assert(simdjson::SIMDJSON_PADDING <= host::kRoomBehindText);

/// As formats::parse_json() has it.
constexpr int kDeepestNesting = 100;

[[noreturn]] void leave_to_the_strict_reader() {
  throw simdjson::simdjson_error(simdjson::UNEXPECTED_ERROR);
}

json tree_of(ondemand::value value, int depth);

void check_depth(int depth) {
  if (depth >= kDeepestNesting) leave_to_the_strict_reader();
}

/// The parser checks how the number is written, and the standard library reads it: simdjson 3.0.1 takes
/// 0.12345678901234567890123 for 0.000048. Beyond the range of doubles the strict reader decides.
double double_of(ondemand::value value) {
  const std::string_view token = value.raw_json_token();
  (void)double(value.get_double());
  double number = 0;
  if (std::from_chars(token.data(), token.data() + token.size(), number).ec != std::errc()) {
    leave_to_the_strict_reader();
  }
  return number;
}

/// Like formats::parse_json(): whole numbers without a sign are unsigned.
json number_of(ondemand::value value) {
  const bool is_negative = std::string_view(value.raw_json_token()).front() == '-';
  switch (ondemand::number_type(value.get_number_type())) {
    case ondemand::number_type::floating_point_number:
      return double_of(value);
    case ondemand::number_type::unsigned_integer:
      return std::uint64_t(value.get_uint64());
    case ondemand::number_type::signed_integer:
      if (is_negative) return std::int64_t(value.get_int64());
      return std::uint64_t(value.get_uint64());
  }
  leave_to_the_strict_reader();
}

json object_of(ondemand::object object, int depth) {
  check_depth(depth);
  json tree = json::object();
  for (auto member : object) {
    const std::string_view key = member.unescaped_key();
    const auto [place, added] = tree.get_ref<json::object_t&>().emplace(std::string(key), nullptr);
    if (!added) leave_to_the_strict_reader();
    place->second = tree_of(member.value(), depth + 1);
  }
  return tree;
}

/// How many values a list has that begins with a number or null, and 0 for any other. Only the former are counted:
/// counting every list would read nested ones again and again.
std::size_t count_if_numbers(ondemand::array& list) {
  if (list.is_empty()) return 0;
  const json_type first = list.at(0).type();
  list.reset();
  return first == json_type::number || first == json_type::null ? std::size_t(list.count_elements()) : 0;
}

/// The list in packed form, or nothing, with the list as it was, if it holds anything but numbers and nulls.
std::optional<json> packed(ondemand::array& list, std::size_t count) {
  NumberPacker numbers(count);
  for (auto element : list) {
    ondemand::value value = element.value();
    switch (json_type(value.type())) {
      case json_type::number:
        numbers.add(double_of(value));
        break;
      case json_type::null:
        if (!bool(value.is_null())) leave_to_the_strict_reader();
        numbers.add(std::numeric_limits<double>::quiet_NaN());
        break;
      case json_type::array:
      case json_type::object:
      case json_type::string:
      case json_type::boolean:
        list.reset();
        return std::nullopt;
    }
  }
  return std::move(numbers).packed();
}

json list_of(ondemand::array list, int depth) {
  check_depth(depth);
  if (const std::size_t count = count_if_numbers(list); count >= kFewestPacked) {
    if (std::optional<json> numbers = packed(list, count)) return *std::move(numbers);
  }
  json tree = json::array();
  for (auto element : list) tree.push_back(tree_of(element.value(), depth + 1));
  return tree;
}

/// Visits every value below, so that everything is checked: the parser checks only what is asked for.
json tree_of(ondemand::value value, int depth) {
  switch (json_type(value.type())) {
    case json_type::array:
      return list_of(value.get_array(), depth);
    case json_type::object:
      return object_of(value.get_object(), depth);
    case json_type::number:
      return number_of(value);
    case json_type::string:
      return std::string(std::string_view(value.get_string()));
    case json_type::boolean:
      return bool(value.get_bool());
    case json_type::null:
      if (!bool(value.is_null())) leave_to_the_strict_reader();
      return nullptr;
  }
  leave_to_the_strict_reader();
}

json document_of(ondemand::document& document) {
  json tree =
      document.type() == json_type::array ? list_of(document.get_array(), 0) : object_of(document.get_object(), 0);
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
    leave_to_the_strict_reader();  // something follows
  return tree;
}

}  // namespace

std::optional<json> read_quick_json(const std::string& text) {
  constexpr std::size_t kRoom = simdjson::SIMDJSON_PADDING;
  const bool has_room = text.capacity() - text.size() >= kRoom;
  const simdjson::padded_string copy = has_room ? simdjson::padded_string() : simdjson::padded_string(text);
  const simdjson::padded_string_view readable(has_room ? text.data() : copy.data(), text.size(), text.size() + kRoom);
  try {
    ondemand::parser parser;
    ondemand::document document = parser.iterate(readable);
    return document_of(document);
  } catch (const simdjson::simdjson_error&) {
    return std::nullopt;
  }
}

}  // namespace assay::interop
