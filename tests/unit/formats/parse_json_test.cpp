#include <algorithm>
#include <ctime>
#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::formats {
namespace parse_json_tests {

std::string message_for(std::string_view text) {
  try {
    (void)parse_json(text, "data.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(ParseJson, ReadsWhatJsonAllows) {
  const nlohmann::json value = parse_json(R"( {"a": [1, -2, 2.5e3, "x\u00fc", null, true], "b": {}} )", "data.json");
  EXPECT_EQ(value, (nlohmann::json{{"a", {1, -2, 2500.0, "xü", nullptr, true}}, {"b", nlohmann::json::object()}}));
}

TEST(ParseJson, RefusesAKeyThatAppearsTwiceAndNamesItsLine) {
  EXPECT_EQ(message_for("{\"id\": 1,\n \"other\": {\"id\": 2},\n \"id\": 3}"),
            "data.json:3:5: key \"id\" appears twice in one object: keep one of them");
}

TEST(ParseJson, RefusesKeysThatAreTheSameOnlyUnescaped) {
  EXPECT_EQ(message_for(R"({"a": 1, "\u0061": 2})"),
            "data.json:1:17: key \"a\" appears twice in one object: keep one of them");
}

TEST(ParseJson, AllowsTheSameKeyInDifferentObjects) {
  EXPECT_EQ(message_for(R"([{"id": 1}, {"id": {"id": 2}}])"), "no error");
}

TEST(ParseJson, NamesLineAndColumnOfASyntaxError) {
  EXPECT_EQ(message_for("{\"a\": 1,\n \"b\": }"),
            "data.json:2:7: not JSON: syntax error while parsing value - unexpected '}'; expected '[', '{', or a "
            "literal");
}

TEST(ParseJson, RefusesWhatIsEmptyCutOrTooMuch) {
  for (const char* text : {"", " ", "{", "[1,", "{\"a\"", "\"x", "{} {}", "nul", "[1,]", "01", "'a'", "// a\n1"}) {
    EXPECT_EQ(message_for(text).rfind("data.json:", 0), 0U) << text << ": " << message_for(text);
  }
}

TEST(ParseJson, RefusesInvalidUtf8InOneReadableLine) {
  const std::string message = message_for("\"\xff\n\"");
  EXPECT_NE(message.find("ill-formed UTF-8"), std::string::npos) << message;
  EXPECT_EQ(message.find_first_of("\n\xff"), std::string::npos) << message;
}

TEST(ParseJson, RefusesANumberBeyondDoubles) {
  EXPECT_NE(message_for("[1e400]").find("number overflow"), std::string::npos) << message_for("[1e400]");
}

/// Processor time in clock ticks to read a list of so many objects: the least of three readings.
std::clock_t ticks_to_read(int objects) {
  std::string text = "[{}";
  for (int object = 1; object < objects; ++object) text += ",{\"a\":[1]}";
  text += "]";
  std::clock_t least = std::numeric_limits<std::clock_t>::max();
  for (int reading = 0; reading < 3; ++reading) {
    const std::clock_t start = std::clock();
    EXPECT_EQ(parse_json(text, "data.json").size(), static_cast<std::size_t>(objects));
    least = std::min(least, std::clock() - start);
  }
  return least;
}

// Eight times as many objects take about eight times as long; they took more than 50 times as long while each object
// that ended was looked for in the whole list around it.
TEST(ParseJson, TakesTimeInProportionToTheLengthOfAList) {
  EXPECT_LT(ticks_to_read(80'000), 24 * (ticks_to_read(10'000) + 1));
}

TEST(ParseJson, KeepsTheOrderOfListsAndWhatIsInThem) {
  const nlohmann::json tree = parse_json(R"([[1,[2,{"b":{"c":[3]},"a":[]}],{}],"x",{"y":[{}]}])", "data.json");
  EXPECT_EQ(tree.dump(), R"([[1,[2,{"a":[],"b":{"c":[3]}}],{}],"x",{"y":[{}]}])");
}

TEST(ParseJson, RefusesHugeNesting) {
  EXPECT_EQ(message_for(std::string(1'000'000, '[')), "data.json:1:101: nested more than 100 levels deep");
  EXPECT_EQ(message_for(std::string(100, '[') + std::string(100, ']')), "no error");
}

}  // namespace parse_json_tests
}  // namespace assay::formats
