#include "experiments/formats/printed_json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace assay::formats {
namespace printed_json_tests {

using nlohmann::json;

TEST(PrintedJson, EscapesWhatATerminalWouldActOnAndMeansTheSame) {
  const json value = {{"a\u2066", "\u202eb\u200f \u009b \u2028 \x1b[31m \x7f \n"}};
  const std::string text = printed_json(value, JsonLayout::one_line);
  EXPECT_EQ(text, R"({"a\u2066":"\u202eb\u200f \u009b \u2028 \u001b[31m \u007f \n"})"
                  "\n");
  EXPECT_EQ(json::parse(text), value);
}

TEST(PrintedJson, LeavesLettersOfEveryScriptAsTheyAre) {
  EXPECT_EQ(printed_json("µs, שלום, 日本語, 😀", JsonLayout::one_line), "\"µs, שלום, 日本語, 😀\"\n");
}

TEST(PrintedJson, IndentsAndEndsItsLine) {
  EXPECT_EQ(printed_json({{"a", {1, 2}}}), "{\n  \"a\": [\n    1,\n    2\n  ]\n}\n");
}

TEST(PrintedJson, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(printed_json("a\xff", JsonLayout::one_line), "\"a\uFFFD\"\n");
}

}  // namespace printed_json_tests
}  // namespace assay::formats
