#include "experiments/cli/shell_words.hpp"

#include <gtest/gtest.h>

namespace assay::cli {
namespace shell_words_tests {

const OptionSpelling kCap{"--max-blocks", "-M"};

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
