#include "experiments/interop/imports/quick_json.hpp"

#include <charconv>
#include <cstdint>
#include <cstring>
#include <limits>
#include <simdjson.h>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "core/host/files/text_room.hpp"
#include "experiments/interop/imports/import_limits.hpp"
#include "experiments/interop/imports/packed_numbers.hpp"
#include "experiments/interop/imports/packed_rows.hpp"
#include "experiments/interop/imports/packed_table.hpp"

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

/// Where the reader is, and how much it has read.
struct Reading {
  Rows rows = Rows::packed;
  int depth = 0;
  std::size_t members = 0;  ///< of objects in the tree
  std::size_t values = 0;   ///< in the tree and packed
};

void add_to(std::size_t& amount, std::size_t more, std::size_t most) {
  amount += more;
  if (amount > most) leave_to_the_strict_reader();  // which says what the limit is
}

void check_depth(const Reading& reading) {
  if (reading.depth >= kDeepestNesting) leave_to_the_strict_reader();
}

json tree_of(ondemand::value value, Reading& reading);

/// The tree of an element or member.
json tree_below(ondemand::value value, Reading& reading) {
  ++reading.depth;
  json tree = tree_of(value, reading);
  --reading.depth;
  return tree;
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

json object_of(ondemand::object object, Reading& reading) {
  check_depth(reading);
  json tree = json::object();
  for (auto member : object) {
    add_to(reading.members, 1, kMostMembers);
    const std::string_view key = member.unescaped_key();
    const auto [place, added] = tree.get_ref<json::object_t&>().emplace(std::string(key), nullptr);
    if (!added) leave_to_the_strict_reader();
    place->second = tree_below(member.value(), reading);
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

double number_or_null(ondemand::value value) {
  if (json_type(value.type()) == json_type::number) return double_of(value);
  if (!bool(value.is_null())) leave_to_the_strict_reader();
  return std::numeric_limits<double>::quiet_NaN();
}

/// What stands between the quotes, or nothing if it holds an escape. It is not copied: the parser has room for one copy
/// of each string, and a list whose rows turn out to differ is read again.
std::optional<std::string_view> plain_text(const char* behind_quote) {
  const char* end = behind_quote;
  while (*end != '"' && *end != '\\') ++end;
  if (*end == '\\') return std::nullopt;
  return std::string_view(behind_quote, static_cast<std::size_t>(end - behind_quote));
}

std::optional<std::string_view> plain_text(ondemand::value value) {
  return plain_text(std::string_view(value.raw_json_token()).data() + 1);
}

/// What the rows of a list have to have in common with this one, or nothing if they cannot be packed.
std::optional<RowShape> shape_of(ondemand::value value, int levels) {
  switch (json_type(value.type())) {
    case json_type::number:
    case json_type::null:
      (void)number_or_null(value);
      return RowShape{};
    case json_type::string: {
      const std::optional<std::string_view> text = plain_text(value);
      if (!text) return std::nullopt;
      return RowShape{RowShape::Kind::text, std::string(*text), {}};
    }
    case json_type::array:
    case json_type::boolean:
      return std::nullopt;
    case json_type::object:
      break;
  }
  constexpr int kMostLevels = 3;
  constexpr std::size_t kMostColumns = 100;  // each name is compared with all before it
  if (levels == kMostLevels) return std::nullopt;
  RowShape shape{RowShape::Kind::object, {}, {}};
  for (auto member : value.get_object()) {
    const std::optional<std::string_view> key = plain_text(ondemand::raw_json_string(member.key()).raw());
    if (!key || shape.members.size() == kMostColumns) return std::nullopt;
    for (const auto& [name, known] : shape.members) {
      if (name == *key) leave_to_the_strict_reader();  // twice
    }
    std::optional<RowShape> below = shape_of(member.value(), levels + 1);
    if (!below) return std::nullopt;
    shape.members.emplace_back(std::string(*key), *std::move(below));
  }
  return shape;
}

/// Adds the numbers of a value that has this shape. \return whether it has.
bool add_row(ondemand::value value, const RowShape& shape, std::vector<double>& numbers) {
  const json_type type = value.type();
  switch (shape.kind) {
    case RowShape::Kind::number:
      if (type != json_type::number && type != json_type::null) return false;
      numbers.push_back(number_or_null(value));
      return true;
    case RowShape::Kind::text:
      return type == json_type::string && plain_text(value) == shape.text;
    case RowShape::Kind::object:
      break;
  }
  if (type != json_type::object) return false;
  auto expected = shape.members.begin();
  for (auto member : value.get_object()) {
    if (expected == shape.members.end()) return false;
    if (plain_text(ondemand::raw_json_string(member.key()).raw()) != expected->first) return false;
    if (!add_row(member.value(), expected->second, numbers)) return false;
    ++expected;
  }
  return expected == shape.members.end();
}

bool has_numbers(const RowShape& shape) {
  if (shape.kind != RowShape::Kind::object) return shape.kind == RowShape::Kind::number;
  for (const auto& [name, member] : shape.members) {
    if (has_numbers(member)) return true;
  }
  return false;
}

bool begins_with_object(ondemand::array& list) {
  if (list.is_empty()) return false;
  const json_type first = list.at(0).type();
  list.reset();
  return first == json_type::object;
}

/// The list in packed form, or nothing, with the list as it was, if it is short or its objects are not alike.
std::optional<json> packed_objects(ondemand::array& list) {
  const std::optional<RowShape> shape = shape_of(list.at(0), 0);
  list.reset();
  if (!shape || !has_numbers(*shape)) return std::nullopt;
  std::vector<double> numbers;
  std::size_t rows = 0;
  bool are_alike = true;
  for (auto element : list) {
    are_alike = add_row(element.value(), *shape, numbers);
    if (!are_alike) break;
    ++rows;
    if (numbers.size() > kMostJsonValues) leave_to_the_strict_reader();
  }
  if (are_alike && rows >= kFewestPacked) return packed_rows(*shape, numbers);
  list.reset();
  return std::nullopt;
}

/// Adds one object. \return whether it could be added: it is flat and its texts are without escapes.
bool add_object(ondemand::value value, TablePacker& table) {
  if (json_type(value.type()) != json_type::object) return false;
  table.begin_row();
  for (auto member : value.get_object()) {
    const std::optional<std::string_view> key = plain_text(ondemand::raw_json_string(member.key()).raw());
    if (!key) return false;
    ondemand::value below = member.value();
    switch (json_type(below.type())) {
      case json_type::number:
      case json_type::null:
        table.add_number(*key, number_or_null(below));
        break;
      case json_type::boolean:
        table.add_truth(*key, bool(below.get_bool()));
        break;
      case json_type::string: {
        const std::optional<std::string_view> text = plain_text(below);
        if (!text) return false;
        table.add_text(*key, *text);
        break;
      }
      case json_type::array:
      case json_type::object:
        return false;
    }
  }
  return table.end_row();
}

/// The list as a table, or nothing, with the list as it was, if it is short or holds anything but flat objects.
std::optional<json> flat_table_of(ondemand::array& list) {
  TablePacker table;
  bool is_table = true;
  for (auto element : list) {
    is_table = add_object(element.value(), table);
    if (!is_table) break;
    if (table.values() > kMostJsonValues) leave_to_the_strict_reader();
  }
  if (is_table && table.rows() >= kFewestPacked) return table.packed();
  list.reset();
  return std::nullopt;
}

json list_of(ondemand::array list, Reading& reading) {
  check_depth(reading);
  if (const std::size_t elements = count_if_numbers(list); elements >= kFewestPacked) {
    add_to(reading.values, elements, kMostJsonValues);
    if (std::optional<json> numbers = packed(list, elements)) return *std::move(numbers);
  } else if (reading.rows == Rows::packed && elements == 0 && begins_with_object(list)) {
    if (std::optional<json> rows = packed_objects(list)) return *std::move(rows);
    if (std::optional<json> table = flat_table_of(list)) return *std::move(table);
  }
  json tree = json::array();
  for (auto element : list) {
    add_to(reading.values, 1, kMostJsonValues);
    tree.push_back(tree_below(element.value(), reading));
  }
  return tree;
}

/// Visits every value below, so that everything is checked: the parser checks only what is asked for.
json tree_of(ondemand::value value, Reading& reading) {
  switch (json_type(value.type())) {
    case json_type::array:
      return list_of(value.get_array(), reading);
    case json_type::object:
      return object_of(value.get_object(), reading);
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

json document_of(ondemand::document& document, Rows rows) {
  Reading reading;
  reading.rows = rows;
  json tree = document.type() == json_type::array ? list_of(document.get_array(), reading)
                                                  : object_of(document.get_object(), reading);
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
    leave_to_the_strict_reader();  // something follows
  return tree;
}

}  // namespace

std::optional<json> read_quick_json(const std::string& text, Rows rows) {
  constexpr std::size_t kRoom = simdjson::SIMDJSON_PADDING;
  const bool has_room = text.capacity() - text.size() >= kRoom;
  const simdjson::padded_string copy = has_room ? simdjson::padded_string() : simdjson::padded_string(text);
  const simdjson::padded_string_view readable(has_room ? text.data() : copy.data(), text.size(), text.size() + kRoom);
  try {
    ondemand::parser parser;
    ondemand::document document = parser.iterate(readable);
    return document_of(document, rows);
  } catch (const simdjson::simdjson_error&) {
    return std::nullopt;
  }
}

}  // namespace assay::interop
