#include "experiments/cli/shell_words.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/text/split_command.hpp"

namespace assay::cli {
namespace shell_words_tests {

const OptionSpelling kCap{"--max-blocks", "-M"};

TEST(ShellWords, QuotesOnlyWhatAShellWouldTakeApart) {
  EXPECT_EQ(shell_words({"assay", "compare", "sleep 1", "a'b", "", "x=1"}),
            R"(assay compare 'sleep 1' 'a'\''b' '' x=1)");
}

RC_GTEST_PROP(ShellWords, AreReadBackAsTheyWere, (std::vector<std::string> words)) {
  words.insert(words.begin(), "program");  // which cannot be empty
  RC_ASSERT(split_command(shell_words(words)) == words);
}

TEST(WithOption, TakesThePlaceOfTheSameOption) {
  const Arguments replaced = {"--max-blocks", "340", "a", "b"};
  EXPECT_EQ(with_option({"a", "b"}, kCap, "340"), replaced);
  EXPECT_EQ(with_option({"--max-blocks", "10", "a", "b"}, kCap, "340"), replaced);
  EXPECT_EQ(with_option({"--max-blocks=10", "a", "b"}, kCap, "340"), replaced);
  EXPECT_EQ(with_option({"a", "-M", "10", "b"}, kCap, "340"), replaced);
  EXPECT_EQ(with_option({"a", "-M10", "b"}, kCap, "340"), replaced);
}

TEST(WithoutOption, TakesOutTheOptionWithItsValue) {
  EXPECT_EQ(without_option({"-M", "10", "a", "--max-blocks=20"}, kCap), (Arguments{"a"}));
}

TEST(WithOption, LeavesOtherOptionsAndWhatFollowsTheDashes) {
  EXPECT_EQ(with_option({"--max-time", "1min", "--", "-M", "10"}, kCap, "340"),
            (Arguments{"--max-blocks", "340", "--max-time", "1min", "--", "-M", "10"}));
}

}  // namespace shell_words_tests
}  // namespace assay::cli
