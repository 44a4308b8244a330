#include "experiments/interop/imports/quick_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/interop/imports/packed_numbers.hpp"
#include "experiments/interop/imports/packed_rows.hpp"
#include "experiments/interop/imports/packed_table.hpp"

namespace assay::interop {
namespace quick_json_tests {

using nlohmann::json;

/// One row with the numbers in place of the columns' numbers.
json row_of(const json& shape, const PackedRows& rows, std::size_t row) {
  if (shape.is_number_unsigned()) {
    const double number = rows.number(row, shape.get<std::size_t>());
    return std::isnan(number) ? json() : json(number);
  }
  json tree = shape;
  if (tree.is_object()) {
    for (json& member : tree) member = row_of(json(member), rows, row);
  }
  return tree;
}

json list_of(const PackedTable& table) {
  json list = json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    json object = json::object();
    const TableShape& shape = table.shapes()[table.shape_of(row)];
    for (std::size_t column = 0; column < shape.size(); ++column) {
      const double value = table.value(row, column);
      json& member = object[shape[column].name];
      if (shape[column].kind == TableColumn::Kind::text) {
        member = table.texts()[static_cast<std::size_t>(value)];
      } else if (shape[column].kind == TableColumn::Kind::truth) {
        member = value != 0;
      } else if (!std::isnan(value)) {
        member = value;
      }
    }
    list.push_back(std::move(object));
  }
  return list;
}

/// The tree with its packed lists as lists again. Packed whole numbers have become reals, which compare equal.
json unpacked(json tree) {
  if (is_packed(tree)) {
    json list = json::array();
    for (const double number : unpacked_numbers(tree)) list.push_back(std::isnan(number) ? json() : json(number));
    return list;
  }
  if (are_packed_rows(tree)) {
    const PackedRows rows(tree);
    json list = json::array();
    for (std::size_t row = 0; row < rows.rows(); ++row) list.push_back(row_of(rows.shape(), rows, row));
    return list;
  }
  if (is_packed_table(tree)) return list_of(PackedTable(tree));
  if (tree.is_structured()) {
    for (json& value : tree) value = unpacked(std::move(value));
  }
  return tree;
}

/// Whole numbers of packed rows have become reals, which are written in another way.
bool holds_rows(const json& tree) {
  return are_packed_rows(tree) || is_packed_table(tree) ||
         (tree.is_structured() && std::any_of(tree.begin(), tree.end(), holds_rows));
}

std::optional<json> strictly(const std::string& text) {
  try {
    return formats::parse_json(text, "file");
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// Whether the quick reader refuses the text or reads what the strict one does.
::testing::AssertionResult agrees(const std::string& text) {
  const std::optional<json> quick = read_quick_json(text);
  if (!quick) return ::testing::AssertionSuccess();
  const std::optional<json> strict = strictly(text);
  if (!strict) return ::testing::AssertionFailure() << "only the quick reader accepts " << text.substr(0, 200);
  if (unpacked(*quick) != *strict || (!holds_rows(*quick) && unpacked(*quick).dump() != strict->dump()))
    return ::testing::AssertionFailure() << text.substr(0, 200) << " is read as "
                                         << unpacked(*quick).dump().substr(0, 200);
  return ::testing::AssertionSuccess();
}

std::string list_of_numbers(std::size_t count, const std::string& last) {
  std::string list = "[";
  for (std::size_t number = 0; number + 1 < count; ++number) list += fmt::format("{}.25,", number);
  return list + last + "]";
}

TEST(QuickJson, ReadsWhatTheStrictReaderReads) {
  for (const char* text :
       {R"({})", R"([])", R"([[],{}])", R"({"a":{"b":[1,-2,3.5,1e3,-0,0,-0.0,true,false,null,"x"]}})",
        R"([18446744073709551615,9223372036854775808,-9223372036854775808])", R"(["\u00e9\ud83d\ude00\n\"\\\/é"])",
        R"([0.1,2.2250738585072011e-308,123456789012345678e-5])", " \t\r\n[1 , 2 ]\n ", R"({"":1,"b":[{"c":[]}]})"}) {
    EXPECT_TRUE(read_quick_json(text)) << text;
    EXPECT_TRUE(agrees(text));
  }
}

TEST(QuickJson, LeavesTheStrictReaderWhatIsNotPlain) {
  for (const char* text : {"",
                           "[",
                           "{",
                           "[1,2",
                           "[1]]",
                           "[1] x",
                           "[1,]",
                           "[,1]",
                           R"({"a":1,})",
                           R"({"a" 1})",
                           R"({"a":1,"a":2})",
                           "[01]",
                           "[+1]",
                           "[.5]",
                           "[1.]",
                           "[1e]",
                           "[NaN]",
                           "[Infinity]",
                           "[1e400]",
                           "[nul]",
                           "[nulll]",
                           "[tru]",
                           "['a']",
                           "[\"a\nb\"]",
                           R"(["\x"])",
                           R"(["\ud800"])",
                           R"(["\udc00"])",
                           "[\"\xff\"]",
                           R"([{"a":1]])",
                           R"({"a":[1}])",
                           "[1 2]",
                           "// c\n[1]",
                           "[\"a]"}) {
    EXPECT_FALSE(read_quick_json(text)) << text;
  }
  EXPECT_FALSE(read_quick_json("[123456789012345678901234567890]"));
  EXPECT_FALSE(read_quick_json("[1e-400]"));
}

TEST(QuickJson, RefusesTheNestingThatTheStrictReaderRefuses) {
  for (const int levels : {99, 100, 101, 100'000}) {
    const auto count = static_cast<std::size_t>(levels);
    const std::string text = std::string(count, '[') + std::string(count, ']');
    EXPECT_EQ(read_quick_json(text).has_value(), levels <= 100) << levels;
    EXPECT_EQ(strictly(text).has_value(), levels <= 100) << levels;
  }
}

// One wrong byte is what a damaged file has. Every place of a document is tried with every byte that means something.
TEST(QuickJson, AgreesWithTheStrictReaderOnEveryDamagedDocument) {
  const std::string document = R"({"a":[1,-2.5e3,true,null,{"b":"x\u0041"}],"c":{"d":[]}} )";
  constexpr std::array kBytes = {'{', '}', '[', ']', ',', ':', '"', '\\', '/',  '-',  '+',  '.',    '0',    '1',   '9',
                                 'e', 'E', 't', 'f', 'n', 'u', 'l', ' ',  '\n', '\t', '\0', '\x1f', '\x7f', '\xc3'};
  for (std::size_t place = 0; place < document.size(); ++place) {
    EXPECT_TRUE(agrees(document.substr(0, place)));
    EXPECT_TRUE(agrees(std::string(document).erase(place, 1)));
    for (const char byte : kBytes) {
      std::string damaged = document;
      damaged[place] = byte;
      EXPECT_TRUE(agrees(damaged));
      EXPECT_TRUE(agrees(std::string(document).insert(place, 1, byte)));
    }
  }
}

TEST(QuickJson, PacksLongListsOfNumbersAndNulls) {
  const auto value_of = [](const std::string& text) { return read_quick_json(text).value(); };
  EXPECT_FALSE(is_packed(value_of(list_of_numbers(kFewestPacked - 1, "7"))));
  EXPECT_TRUE(is_packed(value_of(list_of_numbers(kFewestPacked, "7"))));
  const std::string list = list_of_numbers(kFewestPacked, "null");
  const std::vector<double> numbers = unpacked_numbers(value_of(list));
  EXPECT_EQ(numbers.size(), kFewestPacked);
  EXPECT_EQ(numbers[1], 1.25);
  EXPECT_TRUE(std::isnan(numbers.back()));
  EXPECT_TRUE(agrees(R"({"a":)" + list + R"(,"b":[)" + list + "]}"));
}

// simdjson 3.0.1 by itself reads the first of these as 0.000048, and others as 0, depending on how it is asked.
TEST(QuickJson, ReadsNumbersOfManyDigits) {
  for (const char* number :
       {"0.12345678901234567890123", "10.052673621000000004", "10.05267362100000000", "0.05331368600000000612345",
        "123456789012345678901234567890", "-0.000000000000000000001234567890123456789", "0.00000000000000000000000001",
        "1.7976931348623157e308", "4.9406564584124654e-324", "9007199254740993.0",
        "0.1000000000000000055511151231257827", "12345678901234567890.5e-30"}) {
    EXPECT_TRUE(agrees(fmt::format("[{}]", number)));
    EXPECT_TRUE(agrees(fmt::format(R"({{"a":{0},"b":[{0},{0}]}})", number)));
    EXPECT_TRUE(agrees(list_of_numbers(kFewestPacked, number)));
    EXPECT_TRUE(read_quick_json(list_of_numbers(kFewestPacked, number))) << number;
  }
}

TEST(QuickJson, KeepsLongListsOfAnythingElse) {
  for (const char* last : {R"("x")", "[]", R"([1,[2,{"a":3}]])", "{}", "true"}) {
    const std::string text = list_of_numbers(2 * kFewestPacked, last);
    ASSERT_TRUE(read_quick_json(text)) << last;
    EXPECT_TRUE(read_quick_json(text)->is_array()) << last;
    EXPECT_TRUE(agrees(text)) << last;
  }
  EXPECT_FALSE(read_quick_json(list_of_numbers(2 * kFewestPacked, "1e400")));
  EXPECT_FALSE(read_quick_json(list_of_numbers(2 * kFewestPacked, "nan")));
}

std::string list_of_rows(std::size_t count, const std::string& last) {
  std::string list = "[";
  for (std::size_t number = 0; number + 1 < count; ++number)
    list += fmt::format(R"({{"a":{{"v":{}.5,"u":"s"}},"e":null}},)", number);
  return list + last + "]";
}

TEST(QuickJson, PacksLongListsOfObjectsThatAreAlike) {
  const std::string last = R"({"a":{"v":7,"u":"s"},"e":0})";
  EXPECT_TRUE(are_packed_rows(read_quick_json(list_of_rows(kFewestPacked, last)).value()));
  EXPECT_FALSE(are_packed_rows(read_quick_json(list_of_rows(kFewestPacked - 1, last)).value()));
  EXPECT_TRUE(read_quick_json(list_of_rows(kFewestPacked, last), Rows::plain)->is_array());
  EXPECT_TRUE(agrees(list_of_rows(kFewestPacked, last)));
  EXPECT_TRUE(agrees(R"({"x":[)" + list_of_rows(kFewestPacked, last) + "]}"));
}

TEST(QuickJson, KeepsLongListsOfObjectsThatAreNotAlike) {
  for (const char* last :
       {"1", "{}", "[]", R"({"a":{"v":7,"u":"ms"},"e":0})", R"({"a":{"v":7,"u":"s"}})",
        R"({"a":{"v":7,"u":"s"},"e":0,"f":1})", R"({"e":0,"a":{"v":7,"u":"s"}})", R"({"a":{"v":"7","u":"s"},"e":0})",
        R"({"a":{"v":7,"u":"s"},"e":true})", R"({"a":{"v":7,"u":"s"},"E":0})", R"({"a":[7],"e":0})"}) {
    const std::string text = list_of_rows(2 * kFewestPacked, last);
    ASSERT_TRUE(read_quick_json(text)) << last;
    EXPECT_TRUE(read_quick_json(text)->is_array()) << last;
    EXPECT_TRUE(agrees(text)) << last;
  }
}

TEST(QuickJson, AgreesWithTheStrictReaderOnRowsThatAreDamaged) {
  const std::string row = R"({"a":{"v":7,"u":"s"},"e":0})";
  for (std::size_t place = 0; place < row.size(); ++place) {
    EXPECT_TRUE(agrees(list_of_rows(kFewestPacked, std::string(row).erase(place, 1))));
    for (const char byte : {'{', '"', ',', '\\'}) {
      std::string damaged = row;
      damaged[place] = byte;
      EXPECT_TRUE(agrees(list_of_rows(kFewestPacked, damaged))) << damaged;
    }
  }
  EXPECT_FALSE(read_quick_json(list_of_rows(kFewestPacked, R"({"a":{"v":7,"v":7},"e":0})")));
  EXPECT_FALSE(read_quick_json(R"([{"a":1,"a":1}])"));
}

std::string list_of_flat_rows(std::size_t count, const std::string& last) {
  std::string list = "[";
  for (std::size_t number = 0; number + 1 < count; ++number)
    list += fmt::format(R"({{"n":"b{}","v":{}.5,"s":{}{}}},)", number % 7, number, number % 3 == 0,
                        number % 5 == 0 ? R"(,"e":null)" : "");
  return list + last + "]";
}

TEST(QuickJson, PacksLongListsOfFlatObjectsThatDiffer) {
  const std::string last = R"({"n":"x","k":"y","v":7})";
  const json packed = read_quick_json(list_of_flat_rows(kFewestPacked, last)).value();
  ASSERT_TRUE(is_packed_table(packed));
  const PackedTable table(packed);
  EXPECT_EQ(table.rows(), kFewestPacked);
  EXPECT_EQ(table.shapes().size(), 3U) << "with and without e, and the last";
  EXPECT_EQ(table.texts().size(), 9U) << "seven names, x and y, each once";
  EXPECT_TRUE(read_quick_json(list_of_flat_rows(kFewestPacked - 1, last))->is_array());
  EXPECT_TRUE(read_quick_json(list_of_flat_rows(kFewestPacked, last), Rows::plain)->is_array());
  EXPECT_TRUE(agrees(list_of_flat_rows(kFewestPacked, last)));
  EXPECT_TRUE(agrees(R"({"x":[)" + list_of_flat_rows(kFewestPacked, last) + "]}"));
  EXPECT_TRUE(agrees(list_of_flat_rows(kFewestPacked, "{}")));
}

TEST(QuickJson, KeepsLongListsOfObjectsThatAreNotFlat) {
  for (const char* last : {"1", "[]", R"({"n":[1]})", R"({"n":{"m":1}})", R"({"n":"a\"b"})", R"({"\u006e":"a"})"}) {
    const std::string text = list_of_flat_rows(2 * kFewestPacked, last);
    ASSERT_TRUE(read_quick_json(text)) << last;
    EXPECT_TRUE(read_quick_json(text)->is_array()) << last;
    EXPECT_TRUE(agrees(text)) << last;
  }
}

TEST(QuickJson, AgreesWithTheStrictReaderOnTablesThatAreDamaged) {
  const std::string row = R"({"n":"x","v":7,"s":true})";
  for (std::size_t place = 0; place < row.size(); ++place) {
    EXPECT_TRUE(agrees(list_of_flat_rows(kFewestPacked, std::string(row).erase(place, 1))));
    for (const char byte : {'{', '"', ',', '\\', '\n', '\0'}) {
      std::string damaged = row;
      damaged[place] = byte;
      EXPECT_TRUE(agrees(list_of_flat_rows(kFewestPacked, damaged))) << damaged;
    }
  }
  EXPECT_FALSE(read_quick_json(list_of_flat_rows(kFewestPacked, R"({"n":"x","n":"x"})")));
  EXPECT_FALSE(read_quick_json(list_of_flat_rows(kFewestPacked, R"({"v":1e400})")));
}

TEST(QuickJson, ReadsATextThatHasNoRoomBehindItTheSame) {
  std::string roomy = "[1,2,3]";
  roomy.reserve(1000);
  std::string tight = roomy;
  tight.shrink_to_fit();
  EXPECT_EQ(read_quick_json(roomy), read_quick_json(tight));
}

}  // namespace quick_json_tests
}  // namespace assay::interop
