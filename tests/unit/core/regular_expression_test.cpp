#include "core/text/regular_expression.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay {
namespace regular_expression_tests {

using test::message_of;

std::string refusal_of(const std::string& pattern) {
  return message_of([&] { (void)RegularExpression(pattern); });
}

TEST(RegularExpression, FindsTheFirstGroupOfTheFirstPlaceThatMatches) {
  const RegularExpression took("took: ([-0-9.]+) (ms|s)");
  EXPECT_EQ(took.groups(), 2);
  EXPECT_EQ(took.first_group("it took: 12.5 ms, then took: 3 s"), "12.5");
  EXPECT_EQ(took.first_group("it took: no time"), std::nullopt);
}

TEST(RegularExpression, GivesNothingForAGroupThatTookNoPart) {
  EXPECT_EQ(RegularExpression("(a)|b").first_group("b"), "");
}

TEST(RegularExpression, MatchesCharactersOfUtf8AndStrayBytes) {
  EXPECT_EQ(RegularExpression("([0-9]+) µs").first_group("12 µs"), "12");
  EXPECT_EQ(RegularExpression("x.([0-9]+)")
                .first_group("x\xff"
                             "12"),
            "12");
}

TEST(RegularExpression, FindsAlternativesThatBeginWithTheSameByteAbove127) {
  EXPECT_EQ(RegularExpression("(é|ê)").first_group("fenêtre"), "ê");
  EXPECT_EQ(RegularExpression("(❌|✗)").first_group("slow ✗"), "✗");
}

TEST(RegularExpression, TakesTimeByTheLengthOfTheTextOnly) {
  const std::string many(200'000, 'a');
  EXPECT_EQ(RegularExpression("^(a+)+$").first_group(many + "!"), std::nullopt);
  EXPECT_EQ(RegularExpression("(a|aa)+$").first_group(many + "b"), std::nullopt);
}

TEST(RegularExpression, NamesTheConstructThatNeedsBacktracking) {
  EXPECT_TRUE(refusal_of("(?<=took )([0-9]+)").starts_with("\"(?<=took )([0-9]+)\" has (?<=, a look-behind,"));
  EXPECT_NE(refusal_of("(?<!x)([0-9]+)").find("has (?<!, a negative look-behind,"), std::string::npos);
  EXPECT_NE(refusal_of("([0-9]+)(?= ms)").find("has (?=, a look-ahead,"), std::string::npos);
  EXPECT_NE(refusal_of("([0-9]+)(?! s)").find("has (?!, a negative look-ahead,"), std::string::npos);
  EXPECT_NE(refusal_of(R"((a)\1)").find(R"(has \1, a reference to a group,)"), std::string::npos);
  EXPECT_NE(refusal_of(R"((?P<x>a)\k<x>)").find(R"(has \k, a reference to a group,)"), std::string::npos);
}

TEST(RegularExpression, SaysWhatElseIsMalformed) {
  EXPECT_EQ(refusal_of("took ("), "\"took (\" is not a regular expression: missing ): took (");
  EXPECT_TRUE(refusal_of("[(?=").find("look-ahead") == std::string::npos);
}

}  // namespace regular_expression_tests
}  // namespace assay
