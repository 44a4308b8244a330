#include "experiments/interop/imports/quick_json.hpp"

#include <array>
#include <cmath>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/interop/imports/packed_numbers.hpp"

namespace assay::interop {
namespace quick_json_tests {

using nlohmann::json;

/// The tree with its packed lists as lists again. Packed whole numbers have become reals, which compare equal.
json unpacked(json tree) {
  if (is_packed(tree)) {
    json list = json::array();
    for (const double number : unpacked_numbers(tree)) list.push_back(std::isnan(number) ? json() : json(number));
    return list;
  }
  if (tree.is_structured()) {
    for (json& value : tree) value = unpacked(std::move(value));
  }
  return tree;
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
  if (!strict) return ::testing::AssertionFailure() << "only the quick reader accepts " << text;
  if (unpacked(*quick) != *strict || unpacked(*quick).dump() != strict->dump())
    return ::testing::AssertionFailure() << text << " is read as " << quick->dump();
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

TEST(QuickJson, ReadsATextThatHasNoRoomBehindItTheSame) {
  std::string roomy = "[1,2,3]";
  roomy.reserve(1000);
  std::string tight = roomy;
  tight.shrink_to_fit();
  EXPECT_EQ(read_quick_json(roomy), read_quick_json(tight));
}

}  // namespace quick_json_tests
}  // namespace assay::interop
