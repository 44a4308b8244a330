#include "core/text/spelling.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace spelling_tests {

const std::vector<std::string_view> kCommands = {"compare", "init", "check", "run", "show", "log"};

TEST(NearestWord, ForgivesASwapALossAnAdditionAndAChange) {
  EXPECT_EQ(nearest_word("comprae", kCommands), "compare");
  EXPECT_EQ(nearest_word("chek", kCommands), "check");
  EXPECT_EQ(nearest_word("innit", kCommands), "init");
  EXPECT_EQ(nearest_word("lag", kCommands), "log");
}

TEST(NearestWord, IsNothingWhereAllAreFar) {
  EXPECT_EQ(nearest_word("zebra", kCommands), "");
  EXPECT_EQ(nearest_word("", kCommands), "");
  EXPECT_EQ(nearest_word("run", {}), "");
}

TEST(NearestWord, AWordOfOneLetterIsNotNearToEverything) {
  EXPECT_EQ(nearest_word("x", {"y"}), "");
}

TEST(NearestWord, TheNearestOfSeveralIsTaken) {
  EXPECT_EQ(nearest_word("max-block", {"max-time", "min-blocks", "max-blocks"}), "max-blocks");
}

TEST(NearestWord, OfEquallyNearOnesTheFirstIsTaken) {
  EXPECT_EQ(nearest_word("lob", {"log", "lot"}), "log");
}

TEST(DidYouMean, IsTheEndOfAMessage) {
  EXPECT_EQ(did_you_mean("shwo", kCommands), "; did you mean \"show\"?");
  EXPECT_EQ(did_you_mean("zebra", kCommands), "");
}

}  // namespace spelling_tests
}  // namespace assay
